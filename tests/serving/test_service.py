"""The real service over real connections: responses, limits, and hostile requests."""

import io
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from catdog_sorter.cli import app
from catdog_sorter.model.bundle import ModelBundle
from tests.support.colours import COLOURS, draw
from tests.support.pictures import DATA, encoded, scan_bomb

pytest.importorskip("fastapi", reason="needs the extra `serve`")
pytest.importorskip("httpx")

from tests.support.service import Service, everything, form, head, serving, status

TOKEN = "a-token-that-only-clients-have"


def picture(label: str) -> tuple[str, bytes]:
    return f"{label}.png", encoded(Image.new("RGB", (16, 12), COLOURS[label]), "PNG")


@pytest.fixture(scope="module")
def service(colour_bundle: ModelBundle) -> Iterator[Service]:
    limits = ("--queue", 8, "--max-mb", 1, "--max-megapixels", 0.5)
    with serving(colour_bundle, *limits) as service:
        yield service


def test_it_says_what_the_command_line_says(
    service: Service, colour_bundle: ModelBundle, tmp_path: Path
) -> None:
    paths = [draw(tmp_path / f"{label}.png", label) for label in COLOURS]
    (tmp_path / "none.png").write_text("no picture")
    without_end = encoded(Image.new("RGB", (64, 48), COLOURS["cat"]), "JPEG")[:-2]
    (tmp_path / "incomplete.jpg").write_bytes(without_end)
    paths += [tmp_path / "none.png", tmp_path / "incomplete.jpg"]
    words = ["classify", *map(str, paths), "--format", "jsonl", "--no-cache"]
    lines = CliRunner().invoke(app, [*words, "--model", str(colour_bundle.folder)]).stdout
    rows = [json.loads(line) for line in lines.splitlines()]
    answer = service.classify(*((path.name, path.read_bytes()) for path in paths)).json()
    assert answer["model"] == colour_bundle.id
    assert len(rows) == len(answer["photos"]) == 7
    assert [row.get("incomplete", False) for row in rows] == [False] * 6 + [True]
    for row, photo in zip(rows, answer["photos"], strict=True):
        assert photo.pop("name") == Path(row.pop("path")).name
        assert row.pop("model", colour_bundle.id) == colour_bundle.id
        assert photo == row


def test_a_small_picture_is_made_of_one_photo(service: Service) -> None:
    answer = service.client.post("/thumbnail", files=[("photos", picture("cat"))])
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert max(Image.open(io.BytesIO(answer.content)).size) <= 512
    unreadable = service.client.post("/thumbnail", files=[("photos", ("a.jpg", b"x"))])
    assert unreadable.status_code == 404
    assert unreadable.json()["error"]


def test_a_hostile_photo_costs_only_itself(service: Service) -> None:
    """The second photo crashes its decoder with pi-heif 1.4."""
    heic = (DATA / "quadrants.heic").read_bytes().replace(b"Exif\0", b"Exig\0", 1)
    large = encoded(Image.new("L", (1000, 501)), "PNG")
    photos = [
        picture("cat"),
        ("bad.heic", heic),
        ("large.png", large),
        ("empty.png", b""),
        picture("dog"),
    ]
    answer = service.classify(*photos)
    assert answer.status_code == 200
    cat, _, too_large, empty, dog = answer.json()["photos"]
    assert (cat["label"], dog["label"]) == ("cat", "dog")
    assert "at most 0.5 megapixels" in too_large["error"]
    assert empty["error"] == "The file is empty."
    assert service.client.get("/healthz").json()["status"] == "ok"


@pytest.mark.parametrize(
    ("content", "headers", "code", "sentence"),
    [
        (b"x", {"Content-Type": "image/jpeg"}, 415, "taken as multipart/form-data, not as image"),
        (b"x", {}, 415, "not as nothing. With curl, write -F photos=@FILE"),
        (b"x", {"Content-Type": "multipart/form-data"}, 400, "Missing boundary"),
        (form(b"x")[:-20], None, 400, "cut off"),
        (form(b"x", end=b"\r\n"), None, 400, "cut off"),
        (form(), None, 422, "holds no photo"),
        (form(b"x").replace(b'"photos"', b'"other"'), None, 422, "'other' is a file, where only"),
        (form(b"x").replace(b'; filename="a.png"', b""), None, 422, "'photos' is text"),
        (form(*[b"x"] * 9), None, 422, "more than 8 photos"),
        (form(b"x" * 1_000_000), None, 413, "larger than 1 MB"),
        (iter([form(b"x" * 1_000_000)]), None, 413, "larger than 1 MB"),
    ],
)
def test_a_bad_request_gets_a_sentence(
    service: Service, content: object, headers: dict[str, str] | None, code: int, sentence: str
) -> None:
    form_type = {"Content-Type": "multipart/form-data; boundary=limit"}
    given = form_type if headers is None else headers
    answer = service.client.post("/classify", content=content, headers=given)
    assert (answer.status_code, [*answer.json()]) == (code, ["error"])
    assert sentence in answer.json()["error"]
    assert service.classify(picture("cat")).status_code == 200


def test_other_pages_and_other_names_are_kept_out(service: Service) -> None:
    def code(**headers: str) -> int:
        return service.classify(picture("cat"), headers=headers).status_code

    assert code(host="photos.example") == code(host="[::1") == 403
    assert code(origin="http://photos.example") == code(origin="null") == 403
    own = service.url.removeprefix("http://")
    assert code(origin=f"http://{own}") == code(host="localhost") == code(host="[::1]:80") == 200


def test_a_full_service_says_so_and_loses_nothing(service: Service) -> None:
    """The status 100 is sent once there is capacity and the body is being read."""
    whole = form(*[picture("cat")[1]] * 3)
    with service.connect() as first, service.connect() as second, service.connect() as third:
        for connection in (first, second, third):
            connection.sendall(head(whole))
            assert status(connection.recv(1 << 16)) == 100
        for connection in (first, second):
            connection.sendall(whole[:-1])
        # Eight may be held: these seven and the two that are arriving. The third has announced
        # photos, but sent none.
        answer = service.classify(*[picture("dog")] * 7)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
        assert "Retry in a second" in answer.json()["error"]
        for connection, rest in ((first, whole[-1:]), (second, whole[-1:]), (third, whole)):
            connection.sendall(rest)
            assert everything(connection).count(b'"label":"cat"') == 3
    assert service.classify(*[picture("dog")] * 8).status_code == 200


def test_every_answer_and_photo_is_counted(service: Service) -> None:
    def counts() -> dict[str, float]:
        lines = service.client.get("/metrics").text.splitlines()
        pairs = (line.rsplit(" ", 1) for line in lines if line.startswith("catdog_"))
        return {name: float(value) for name, value in pairs}

    before = counts()
    service.classify(picture("cat"), picture("cat"), ("x", b"x"))
    service.client.post("/classify")
    service.client.get("/nowhere")
    after = counts()
    for name, more in {
        'catdog_requests_total{path="/classify",status="200"}': 1,
        'catdog_requests_total{path="/classify",status="415"}': 1,
        'catdog_requests_total{path="other",status="404"}': 1,
        'catdog_photos_total{outcome="cat"}': 2,
        'catdog_photos_total{outcome="unreadable"}': 1,
        'catdog_photos_total{outcome="given_up"}': 0,
        "catdog_batch_photos_sum": 2,
    }.items():
        assert after[name] - before.get(name, 0) == more, name
    assert after["catdog_photos_waiting"] == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_accepted_requests_are_answered_before_the_service_ends(colour_bundle: ModelBundle) -> None:
    body = form(picture("dog")[1])
    with serving(colour_bundle) as service, service.connect() as connection:
        connection.sendall(head(body))
        assert status(connection.recv(1 << 16)) == 100
        service.process.send_signal(signal.SIGTERM)
        with pytest.raises(OSError):  # until it listens no more
            while True:
                service.connect().close()
        connection.sendall(body)
        assert b'"label":"dog"' in everything(connection)
        assert service.process.wait() == 0
        assert service.process.stderr.read() == "Stopped; all accepted requests were answered.\n"


def test_a_token_is_asked_for_and_a_slow_photo_given_up(
    colour_bundle: ModelBundle, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    words = ("--host", "0.0.0.0", "--token-file", tmp_path / "token", "--photo-timeout", 2)
    with serving(colour_bundle, *words) as service:
        wrong = {"Authorization": f"Bearer {TOKEN}x"}
        for headers in ({}, wrong, {"Authorization": "Bearer ümlaut".encode()}):
            for answer in (
                service.classify(picture("cat"), headers=headers),
                service.client.get("/metrics", headers=headers),
            ):
                assert answer.status_code == 401
                assert answer.headers["WWW-Authenticate"] == "Bearer"
        right = {"Authorization": f"Bearer {TOKEN}", "Host": "photos.example"}
        answer = service.classify(("bomb.jpg", scan_bomb(2000, 20_000)), headers=right)
        assert "could not be decoded within 2 seconds" in answer.json()["photos"][0]["error"]
        assert service.client.get("/metrics", headers=right).status_code == 200
        assert service.client.get("/healthz").json()["status"] == "ok"
        assert service.client.get("/").status_code == 200


@pytest.mark.slow
def test_it_keeps_to_its_own_description(colour_bundle: ModelBundle, tmp_path: Path) -> None:
    """Schemathesis generates requests from the OpenAPI description and checks the responses."""
    pytest.importorskip("schemathesis")
    # Of some bodies it says that they have no `photos`, and sends them with that name all the same.
    # That such bodies are refused is tested above.
    options = ("--request-timeout", "300", "--exclude-checks", "negative_data_rejection")
    program = (sys.executable, "-m", "schemathesis.cli", "run", *options)
    with serving(colour_bundle) as service:
        tried = subprocess.run(
            [*program, f"{service.url}/openapi.json"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert tried.returncode == 0, tried.stdout
        assert service.classify(picture("cat")).status_code == 200
