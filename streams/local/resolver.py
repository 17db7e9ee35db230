"""jgo's resolver, so that what is cut short while it downloads leaves no half file behind."""

from pathlib import Path
from tempfile import TemporaryDirectory

from jgo.maven import Artifact, MavenContext, PythonResolver
from jgo.util import http

__all__ = ["AtomicResolver", "MavenContext", "is_here", "remote_size"]


class AtomicResolver(PythonResolver):
    """Downloads aside, then moves the whole file to its place."""

    def download(self, artifact: Artifact) -> Path | None:
        """Return the local path of `artifact`, downloaded."""
        context, cache = artifact.context, artifact.context.repo_cache
        cache.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".download-", dir=cache) as aside:
            context.repo_cache = Path(aside)
            try:
                downloaded = super().download(artifact)
            finally:
                context.repo_cache = cache
            if downloaded is None:
                return None
            place = cache / downloaded.relative_to(aside)
            place.parent.mkdir(parents=True, exist_ok=True)
            downloaded.replace(place)
            return place


def is_here(artifact: Artifact) -> bool:
    """Tell whether no download is needed."""
    name = artifact.component.path_prefix / artifact.filename
    folders = [artifact.context.repo_cache, *artifact.context.local_repos]
    return any((folder / name).exists() for folder in folders)


def remote_size(artifact: Artifact) -> int:
    """Return the bytes to download, or 0 when the repository does not say."""
    path = (artifact.component.path_prefix / artifact.filename).as_posix()
    for url in artifact.context.remote_repos.values():
        answer = http.head(f"{url}/{path}", timeout=artifact.context.timeout, allow_redirects=True)
        if answer.ok:
            return int(answer.headers.get("content-length", 0))
    return 0
