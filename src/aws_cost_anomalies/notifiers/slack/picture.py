"""A picture put where a Slack block can show it. A message never waits for a picture that cannot be had."""

from __future__ import annotations

import json

from aws_cost_anomalies.model.alert import Receipt
from aws_cost_anomalies.notifiers.slack.api import Api
from aws_cost_anomalies.sending.post import Answer, post

NAME = "chart.png"


def uploaded(png: bytes, title: str, api: Api) -> tuple[str, str]:
    """The file's id and nothing, or nothing and why there is none.

    The three steps of Slack's "files upload v2": an address, the bytes, the end of it. The file is shared
    nowhere; the block that names it shows it.

    Args:
        png: the picture.
        title: what it shows, for those who do not see it.
        api: which Slack, as whom.
    """
    size = {"filename": NAME, "length": str(len(png)), "alt_txt": title}
    place = api.asked_by_form("files.getUploadURLExternal", size)
    if isinstance(place, Receipt):
        return "", place.detail
    file_id, address = place.get("file_id"), place.get("upload_url")
    if not isinstance(file_id, str) or not isinstance(address, str):
        return "", "Slack named no place for it"
    put = post(address, png, headers={"Content-Type": "application/octet-stream"}, door=api.door)
    if not isinstance(put, Answer) or put.status != 200:  # noqa: PLR2004
        return "", put.detail if isinstance(put, Receipt) else f"the upload was answered with {put.status}"
    files = json.dumps([{"id": file_id, "title": title}])
    ended = api.asked_by_form("files.completeUploadExternal", {"files": files})
    return ("", ended.detail) if isinstance(ended, Receipt) else (file_id, "")
