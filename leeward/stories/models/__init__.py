"""What editors write, what it needs (consent, pictures) and who must look at it first."""

from leeward.stories.models.consent import Consent
from leeward.stories.models.pages import (
    GuidePage,
    HomePage,
    LessonPage,
    NoticePage,
    SectionPage,
    SitePage,
    StoryPage,
)
from leeward.stories.models.pictures import Picture, PictureRendition
from leeward.stories.models.review import ReviewTask

__all__ = [
    "Consent",
    "GuidePage",
    "HomePage",
    "LessonPage",
    "NoticePage",
    "Picture",
    "PictureRendition",
    "ReviewTask",
    "SectionPage",
    "SitePage",
    "StoryPage",
]
