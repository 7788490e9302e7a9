"""One parameter for each channel: how it meets an array whose channels lie on some axis."""

from numpy.typing import NDArray


def along_channels(
    parameter: NDArray, x: NDArray, channel_axis: int, num_networks: int | None
) -> NDArray:
    """Return a view of ``parameter``, (P,) or (S, P), that broadcasts against ``x``.

    P lands on ``channel_axis``, which is counted from the end, and S on axis 0. P = 1 is shared
    by all channels.

    Raises
    ------
    ValueError
        If ``x`` has no such axis, another number of channels, or another number of networks.
    """
    if channel_axis >= 0:
        raise ValueError(f"channel_axis must count from the end, −1 or less, not {channel_axis}")
    channels = parameter.shape[-1]
    least = -channel_axis + (num_networks is not None)
    if x.ndim < least:
        raise ValueError(f"x must have at least {least} axes, not shape {x.shape}")
    if channels not in (1, x.shape[channel_axis]):
        raise ValueError(
            f"x must have {channels} channels on axis {channel_axis}, not shape {x.shape}"
        )
    if num_networks is not None and x.shape[0] != num_networks:
        raise ValueError(f"x must have {num_networks} networks on axis 0, not shape {x.shape}")
    shape = [1] * x.ndim
    shape[channel_axis] = channels
    if num_networks is not None:
        shape[0] = num_networks
    return parameter.reshape(shape)
