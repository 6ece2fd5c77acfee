"""GPU memory and streams, through cuda-python or, where only that is installed, pycuda."""

from __future__ import annotations

import ctypes
import importlib
from abc import ABC, abstractmethod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.errors import BackendError
from anylabeling.translation import tr


class CudaDevice(ABC):
    """The first GPU, as far as a backend needs it. Addresses and streams are plain numbers.

    Attributes:
        name: What the GPU is called.
        compute_capability: Its generation, such as (8, 9).
    """

    name: str
    compute_capability: tuple[int, int]

    @abstractmethod
    def allocate(self, size_bytes: int) -> int:
        """Return the address of new GPU memory."""

    @abstractmethod
    def free(self, address: int) -> None:
        """Give GPU memory back."""

    @abstractmethod
    def pinned(self, size_bytes: int) -> NDArray[np.uint8]:
        """Return page-locked memory, which lives until the device is closed."""

    @abstractmethod
    def create_stream(self) -> int:
        """Return the handle of a new stream."""

    @abstractmethod
    def copy_in(self, address: int, host: NDArray[Any], stream: int) -> None:
        """Start copying a page-locked array to the GPU."""

    @abstractmethod
    def copy_out(self, host: NDArray[Any], address: int, stream: int) -> None:
        """Start copying from the GPU into a page-locked array."""

    @abstractmethod
    def synchronize(self, stream: int) -> None:
        """Wait until all that was put on a stream is done."""

    @abstractmethod
    def close(self) -> None:
        """Free the streams and the page-locked memory."""


def open_device() -> CudaDevice:
    """Return the first GPU.

    Raises:
        BackendError: When neither package can be imported or there is no GPU.
    """
    runtime = _import("cuda.bindings.runtime") or _import("cuda.cudart")
    if runtime is not None:
        return _CudaPythonDevice(runtime)
    driver = _import("pycuda.driver")
    if driver is not None:
        return _PyCudaDevice(driver)
    raise BackendError(
        tr("GPU memory cannot be reached from Python."), hint=tr("Install the package cuda-python (or pycuda).")
    )


def _import(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except (ImportError, OSError):
        return None


class _CudaPythonDevice(CudaDevice):
    """See https://nvidia.github.io/cuda-python: every call returns its error first."""

    def __init__(self, runtime: Any) -> None:
        self._cuda = runtime
        self._pinned: list[int] = []
        self._streams: list[Any] = []
        self._call("cudaSetDevice", 0)
        properties = self._call("cudaGetDeviceProperties", 0)
        name = properties.name
        self.name = name.decode(errors="replace").rstrip("\0") if isinstance(name, bytes) else str(name)
        self.compute_capability = (int(properties.major), int(properties.minor))

    def allocate(self, size_bytes: int) -> int:
        return int(self._call("cudaMalloc", size_bytes))

    def free(self, address: int) -> None:
        self._call("cudaFree", address)

    def pinned(self, size_bytes: int) -> NDArray[np.uint8]:
        address = int(self._call("cudaHostAlloc", size_bytes, 0))
        self._pinned.append(address)
        return np.ctypeslib.as_array((ctypes.c_uint8 * size_bytes).from_address(address))

    def create_stream(self) -> int:
        stream = self._call("cudaStreamCreate")
        self._streams.append(stream)
        return int(stream)

    def copy_in(self, address: int, host: NDArray[Any], stream: int) -> None:
        kind = self._cuda.cudaMemcpyKind.cudaMemcpyHostToDevice
        self._call("cudaMemcpyAsync", address, host.ctypes.data, host.nbytes, kind, stream)

    def copy_out(self, host: NDArray[Any], address: int, stream: int) -> None:
        kind = self._cuda.cudaMemcpyKind.cudaMemcpyDeviceToHost
        self._call("cudaMemcpyAsync", host.ctypes.data, address, host.nbytes, kind, stream)

    def synchronize(self, stream: int) -> None:
        self._call("cudaStreamSynchronize", stream)

    def close(self) -> None:
        for stream in self._streams:
            self._call("cudaStreamDestroy", stream)
        for address in self._pinned:
            self._call("cudaFreeHost", address)
        self._streams, self._pinned = [], []

    def _call(self, name: str, *arguments: Any) -> Any:
        error, *values = getattr(self._cuda, name)(*arguments)
        if int(error):
            raise BackendError(
                tr("The GPU refused a call."),
                hint=tr("The driver may be too old for the CUDA packages."),
                details=f"{name}: {error}",
            )
        return values[0] if values else None


class _PyCudaDevice(CudaDevice):
    """See https://documen.tician.de/pycuda: objects free what they hold when they go."""

    def __init__(self, driver: Any) -> None:
        self._cuda = driver
        self._memory: dict[int, Any] = {}
        self._streams: dict[int, Any] = {}
        self._pinned: list[Any] = []
        try:
            driver.init()
            device = driver.Device(0)
            # The primary context is current on each thread that uses TensorRT.
            self._context = device.retain_primary_context()
        except driver.Error as error:
            raise BackendError(tr("The GPU refused a call."), details=repr(error)) from error
        self.name = device.name()
        major, minor = device.compute_capability()
        self.compute_capability = (int(major), int(minor))

    def allocate(self, size_bytes: int) -> int:
        memory = self._do(lambda: self._cuda.mem_alloc(size_bytes))
        self._memory[int(memory)] = memory
        return int(memory)

    def free(self, address: int) -> None:
        memory = self._memory.pop(address)
        self._do(memory.free)

    def pinned(self, size_bytes: int) -> NDArray[np.uint8]:
        array: NDArray[np.uint8] = self._do(lambda: self._cuda.pagelocked_empty(size_bytes, np.uint8))
        self._pinned.append(array)
        return array

    def create_stream(self) -> int:
        stream = self._do(self._cuda.Stream)
        self._streams[int(stream.handle)] = stream
        return int(stream.handle)

    def copy_in(self, address: int, host: NDArray[Any], stream: int) -> None:
        self._do(lambda: self._cuda.memcpy_htod_async(address, host, self._streams[stream]))

    def copy_out(self, host: NDArray[Any], address: int, stream: int) -> None:
        self._do(lambda: self._cuda.memcpy_dtoh_async(host, address, self._streams[stream]))

    def synchronize(self, stream: int) -> None:
        self._do(self._streams[stream].synchronize)

    def close(self) -> None:
        self._streams.clear()
        self._pinned.clear()
        self._context.detach()

    def _do(self, call: Any) -> Any:
        self._context.push()
        try:
            return call()
        except self._cuda.Error as error:
            raise BackendError(tr("The GPU refused a call."), details=repr(error)) from error
        finally:
            self._context.pop()
