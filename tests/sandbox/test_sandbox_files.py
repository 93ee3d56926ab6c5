"""Files, as the real SDK sends them and as people drop them."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import CannotDo, Person, Sandbox

BILLING = "C0BILLING01"


def fetch(address: str, token: str = "", body: bytes | None = None) -> tuple[int, str, bytes]:
    """Download a file as an app does, or send one."""
    place = urlsplit(address)
    connection = HTTPConnection(place.netloc)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    connection.request("GET" if body is None else "POST", place.path, body, headers)
    response = connection.getresponse()
    answer = response.status, response.headers["Content-Type"], response.read()
    connection.close()
    return answer


def test_a_bot_sends_files_in_three_steps(client: WebClient, jo: Person) -> None:
    first = client.chat_postMessage(channel=BILLING, text="result")["ts"]
    sent = [{"content": b"a,b", "filename": "all.csv", "title": "All"}, {"content": b"PK", "filename": "all.xlsx"}]

    client.files_upload_v2(channel=BILLING, thread_ts=first, initial_comment="Every line", file_uploads=sent)

    [_, said] = jo.sees("billing", jo.sees("billing")[0])
    assert (said.text, said.body["subtype"]) == ("Every line", "file_share")
    assert [(file["name"], file["title"], file["filetype"]) for file in said.files] == [
        ("all.csv", "All", "csv"),
        ("all.xlsx", "all.xlsx", "xlsx"),
    ]
    assert jo.reads_file(said.files[0]["id"]) == b"a,b"


def test_a_dropped_file_is_read_with_a_token_and_not_without(client: WebClient, slack: Sandbox, dana: Person) -> None:
    [file] = dana.drops("July bills é.csv", b"a,b\n1,2\n", "billing", text="here").files
    described = client.files_info(file=file["id"])["file"]
    address = described["url_private_download"]

    assert (described["user"], described["size"], described["channels"]) == (dana.id, 8, [BILLING])
    assert fetch(address, slack.bot_token) == (200, "text/csv", b"a,b\n1,2\n")
    for token in ("", "xoxb-made-up"):
        status, kind, page = fetch(address, token)
        assert (status, kind) == (200, "text/html; charset=utf-8")
        assert page.startswith(b"<!DOCTYPE html>")
    slack.grants(["chat:write"])
    assert fetch(address, slack.bot_token)[1] == "text/html; charset=utf-8"


def test_a_file_is_only_for_those_who_were_shown_it(client: WebClient, slack: Sandbox) -> None:
    olivia = slack.person("olivia")
    [secret] = olivia.drops("salaries.csv", b"x", "finance").files

    with pytest.raises(SlackApiError, match="file_not_found"):
        client.files_info(file=secret["id"])
    with pytest.raises(CannotDo, match="has no file"):
        slack.person("jo").says("look", "billing", files=[secret["id"]])


def test_only_what_was_sent_can_be_completed_once_and_deleted_by_its_owner(client: WebClient, dana: Person) -> None:
    begun = client.files_getUploadURLExternal(filename="a.csv", length=3)
    with pytest.raises(SlackApiError, match="file_not_found"):
        client.files_completeUploadExternal(files=[{"id": begun["file_id"]}])
    assert fetch(begun["upload_url"], body=b"abc")[2] == b"OK - 3"

    client.files_completeUploadExternal(files=[{"id": begun["file_id"], "title": "A"}])

    with pytest.raises(SlackApiError, match="file_not_found"):
        client.files_completeUploadExternal(files=[{"id": begun["file_id"]}])
    assert client.files_info(file=begun["file_id"])["file"]["title"] == "A"
    client.files_delete(file=begun["file_id"])
    with pytest.raises(SlackApiError, match="file_deleted"):
        client.files_info(file=begun["file_id"])
    [theirs] = dana.drops("b.csv", b"x", "billing").files
    with pytest.raises(SlackApiError, match="cant_delete_file"):
        client.files_delete(file=theirs["id"])
