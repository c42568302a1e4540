"""The sample deck as a PowerPoint file, for the modules that look at it."""

from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation

from tests.native_slides import sample_file


@pytest.fixture(scope="module")
def saved() -> bytes:
    return sample_file()


@pytest.fixture(scope="module")
def slides(saved: bytes) -> list[Any]:
    return list(Presentation(BytesIO(saved)).slides)
