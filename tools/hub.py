"""A whole cycle on a real JupyterHub on this machine: `sudo python -m tools.hub --proxy PROGRAM`.

A teacher and two students, each with an account of the system and a server of their own, without
Docker. The teacher releases the exercise on ReLU through nbgrader's exchange, both students fetch
it, work and submit it, the teacher collects, runs `rectified grade` and releases the feedback, both
fetch it. Every step goes through the servers, as their buttons do; what came of it is checked.

It takes root, since it makes three accounts, which it deletes in the end, and an environment that
those accounts can read, with JupyterHub and its proxy beside this project:

    python3 -m venv /opt/hub && cd rectified
    /opt/hub/bin/pip install -r requirements.txt jupyterhub && /opt/hub/bin/pip install -e .
    npm install --prefix /opt/hub configurable-http-proxy
    sudo /opt/hub/bin/python -m tools.hub \\
        --proxy /opt/hub/node_modules/.bin/configurable-http-proxy
"""

import argparse
import json
import os
import pwd
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import requests

from tests.attacks.classroom import FULL, RIGHT

TEACHER, ADA, BEN = "rectified-teacher", "rectified-ada", "rectified-ben"
PEOPLE = (TEACHER, ADA, BEN)
WORK = {
    ADA: RIGHT | {"keep-the-output": "Yes: y > 0 exactly where x > 0."},
    BEN: RIGHT | {"relu_grad": "def relu_grad(x):\n    return as_floats(x) * 0 + 1"},
}
PATIENCE = 180.0

HUB = """
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:{public}"
c.JupyterHub.hub_port = {hub}
c.JupyterHub.db_url = "sqlite:///{place}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{place}/cookie_secret"
c.ConfigurableHTTPProxy.command = ["{proxy}"]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{control}"
c.ConfigurableHTTPProxy.pid_file = "{place}/proxy.pid"
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = "{password}"
c.Authenticator.allowed_users = set({people})
c.Spawner.cmd = ["{bin}/jupyterhub-singleuser"]
c.Spawner.environment = {{"JUPYTER_CONFIG_PATH": "{place}/etc", "PATH": "{bin}:/usr/bin:/bin"}}
c.JupyterHub.services = [{{"name": "cycle", "api_token": "{token}"}}]
c.JupyterHub.load_roles = [
    {{
        "name": "cycle",
        "services": ["cycle"],
        "scopes": ["admin:users", "admin:servers", "access:servers"],
    }}
]
"""
EVERYBODY = """
c = get_config()
c.Exchange.root = "{place}/exchange"
c.CourseDirectory.course_id = "rectified"
"""


class Hub:
    """A running JupyterHub, asked in the name of a service that may do all."""

    def __init__(self, address: str, token: str):
        self.address = address
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"token {token}"

    def ask(self, method: str, path: str, **body: object) -> requests.Response:
        """Send a request, raise unless it is answered well."""
        answer = self._session.request(method, self.address + path, timeout=PATIENCE, **body)
        answer.raise_for_status()
        return answer

    def nbgrader(self, person: str, path: str, **body: str) -> dict:
        """Do what a button of nbgrader's in somebody's server does; return what it says."""
        said = self.ask("POST", f"/user/{person}/{path}", json=body).json()
        if not said.get("success"):
            raise SystemExit(f"{person}, {path}: {said}")
        return said


def tell(text: str) -> None:
    print(text, flush=True)


def ports(count: int) -> list[int]:
    """Ports of loopback that are free now."""
    with ExitStack() as stack:
        free = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [one.getsockname()[1] for one in free]


@contextmanager
def accounts(place: Path) -> Iterator[None]:
    """Make an account of the system for everybody, and delete them in the end."""
    made = []
    try:
        for person in PEOPLE:
            home = place / "home" / person
            subprocess.run(
                ["useradd", "--create-home", "--home-dir", home, "--shell", "/bin/bash", person],
                check=True,
            )
            made.append(person)
            home.chmod(0o700)
        yield
    finally:
        for person in made:
            subprocess.run(["userdel", person], check=False)


def run_as(person: str, *words: object) -> subprocess.CompletedProcess:
    """Run a program as somebody, in their home."""
    who = pwd.getpwnam(person)
    environment = {
        "HOME": who.pw_dir,
        "USER": person,
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "LANG": "C.UTF-8",
    }
    return subprocess.run(
        [str(word) for word in words],
        user=who.pw_uid,
        group=who.pw_gid,
        extra_groups=[],
        env=environment,
        cwd=who.pw_dir,
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def jupyterhub(place: Path, proxy: Path) -> Iterator[tuple[Hub, str]]:
    """Start a hub on loopback; give it, and the password of everybody."""
    public, hub, control = ports(3)
    token, password = secrets.token_hex(16), secrets.token_hex(8)
    (place / "etc").mkdir()
    (place / "exchange").mkdir()
    (place / "exchange").chmod(0o777)
    (place / "etc" / "nbgrader_config.py").write_text(EVERYBODY.format(place=place))
    settings = place / "jupyterhub_config.py"
    settings.touch(mode=0o600)
    settings.write_text(
        HUB.format(
            public=public, hub=hub, control=control, place=place, proxy=proxy, token=token,
            password=password, people=list(PEOPLE), bin=Path(sys.executable).parent,
        )
    )  # fmt: skip
    command = [sys.executable, "-m", "jupyterhub", "--config", str(settings)]
    with open(place / "hub.log", "w") as log:
        process = subprocess.Popen(command, cwd=place, stdout=log, stderr=log)
    try:
        made = Hub(f"http://127.0.0.1:{public}", token)
        wait_for(lambda: made.ask("GET", "/hub/api/users"), process)
        yield made, password
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_for(attempt, process: subprocess.Popen | None = None) -> None:
    """Try until it goes well."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            attempt()
            return
        except requests.RequestException:
            if time.monotonic() > until or (process and process.poll() is not None):
                raise
            time.sleep(0.2)


def start_server(hub: Hub, person: str) -> None:
    hub.ask("POST", f"/hub/api/users/{person}/server")
    wait_for(lambda: hub.ask("GET", f"/user/{person}/api/status"))


def fill_in(hub: Hub, person: str) -> None:
    """Write a student's answers into the notebook, by the student's own server."""
    path = f"/user/{person}/api/contents/relu/relu.ipynb"
    notebook = hub.ask("GET", path).json()["content"]
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = WORK[person].get(grade_id, cell["source"])
    hub.ask("PUT", path, json={"type": "notebook", "content": notebook})


def keeps_out(hub: Hub, password: str) -> None:
    """Log in as a student and try the doors of the others."""
    session = requests.Session()
    session.get(f"{hub.address}/hub/login", timeout=PATIENCE)
    token = session.cookies.get("_xsrf", path="/hub/")
    form = {"username": BEN, "password": password, "_xsrf": token}
    session.post(f"{hub.address}/hub/login", data=form, timeout=PATIENCE)
    status = {}
    for person in (BEN, ADA, TEACHER):
        door = f"{hub.address}/user/{person}/api/contents"
        status[person] = session.get(door, timeout=PATIENCE).status_code
    tell(f"logged in as {BEN}, the servers answer: {status}")
    if {person for person, code in status.items() if code < 400} != {BEN}:
        raise SystemExit(f"{BEN} should open the own server and no other")


def cycle(hub: Hub, place: Path) -> None:
    """Release, fetch, submit, collect, grade, release the feedback, fetch it."""
    course = place / "home" / TEACHER / "course"
    assignment = {"assignment_id": "relu", "course_id": "rectified"}
    hub.nbgrader(TEACHER, "formgrader/api/assignment/relu/assign")
    hub.nbgrader(TEACHER, "formgrader/api/assignment/relu/release")
    tell("released: relu")
    for person in WORK:
        hub.nbgrader(person, "assignments/fetch", **assignment)
        fill_in(hub, person)
        hub.nbgrader(person, "assignments/submit", **assignment)
        tell(f"fetched, worked and submitted: {person}")
    hub.nbgrader(TEACHER, "formgrader/api/assignment/relu/collect")
    done = run_as(TEACHER, Path(sys.executable).with_name("rectified"), "grade", course, "--json")
    if done.returncode != 0:
        raise SystemExit(
            f"rectified grade ended with {done.returncode}: {done.stdout}{done.stderr}"
        )
    run = json.loads(done.stdout)
    scores = {line["student"]: line["score"] for line in run["lines"]}
    tell(f"graded by {run['isolation']}: {scores}")
    if scores[ADA] != FULL or not 0 < scores[BEN] < FULL:
        raise SystemExit("these are not the points that the work deserves")
    hub.nbgrader(TEACHER, "formgrader/api/assignment/relu/release_feedback")
    for person in WORK:
        hub.nbgrader(person, "assignments/fetch_feedback", **assignment)
        (page,) = (place / "home" / person / "relu" / "feedback").glob("*/relu.html")
        points = re.search(r"<strong>(.*?) points</strong>", page.read_text()).group(1)
        if points != f"{scores[person]:g} of 30" or person not in page.read_text():
            raise SystemExit(f"{person} got the feedback of another: {points}")
        tell(f"feedback fetched: {person}, {points}")
    for path in (course, place / "home" / ADA, place / "exchange" / "rectified" / "inbound"):
        if run_as(BEN, "ls", path).returncode == 0:
            raise SystemExit(f"{BEN} can look into {path}")
    tell(f"{BEN} can look neither into the course nor at the work of others")


def main() -> None:
    """Bring up a hub, go through the cycle, and take all away again."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--proxy", type=Path, required=True, help="configurable-http-proxy")
    options = parser.parse_args()
    if os.getuid() != 0:
        sys.exit("it makes accounts, and so takes root")
    place = Path(tempfile.mkdtemp(prefix="rectified-hub-"))
    place.chmod(0o755)
    try:
        with accounts(place):
            made = run_as(TEACHER, Path(sys.executable).with_name("rectified"), "course", "course")
            if made.returncode != 0:
                raise SystemExit(made.stderr)
            course = place / "home" / TEACHER / "course"
            settings = course.parent / ".jupyter" / "nbgrader_config.py"
            settings.parent.mkdir()
            settings.write_text(f"c = get_config()\nc.CourseDirectory.root = {str(course)!r}\n")
            for path in (settings.parent, settings):
                shutil.chown(path, TEACHER)
            with jupyterhub(place, options.proxy.resolve()) as (hub, password):
                for person in PEOPLE:
                    start_server(hub, person)
                tell(f"JupyterHub at {hub.address}, three servers")
                keeps_out(hub, password)
                cycle(hub, place)
                for person in PEOPLE:
                    hub.ask("DELETE", f"/hub/api/users/{person}/server")
    except (Exception, SystemExit):
        print((place / "hub.log").read_text()[-8000:] if (place / "hub.log").exists() else "")
        raise
    finally:
        shutil.rmtree(place, ignore_errors=True)
    tell("done; accounts and files are deleted")


if __name__ == "__main__":
    main()
