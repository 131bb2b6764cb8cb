"""Where the pages of a project's parts hang."""

from ..models import Project


def crumbs(project: Project, here: str) -> list[dict[str, str]]:
    """Return the way from the project to the page called ``here``."""
    return [{"label": str(project), "url": project.get_absolute_url()}, {"label": here}]
