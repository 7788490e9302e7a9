"""Tables of the gradebook: ours, and what we set in nbgrader's."""

from nbgrader.api import Comment, Grade
from sqlalchemy import (
    Column,
    DateTime,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    update,
)

#: One row for each submission and state of its files; rows are added and never changed.
HISTORY = Table(
    "rectified_history",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("student", String(128), nullable=False, index=True),
    Column("assignment", String(128), nullable=False, index=True),
    Column("fingerprint", String(64), nullable=False),
    Column("score", Float, nullable=False),
    Column("max_score", Float, nullable=False),
    Column("isolation", String(32), nullable=False),
    Column("outcome", Text, nullable=False),
    Column("graded_at", DateTime, nullable=False),
)

SET_GRADE = (
    update(Grade.__table__)
    .where(Grade.__table__.c.id == bindparam("key"))
    .values(auto_score=bindparam("auto"), needs_manual_grade=bindparam("open"))
)
SET_COMMENT = (
    update(Comment.__table__)
    .where(Comment.__table__.c.id == bindparam("key"))
    .values(auto_comment=bindparam("text"))
)
