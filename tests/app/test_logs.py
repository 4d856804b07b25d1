import logging
from contextlib import suppress

from stage.app.logs import NAME, open_log


def test_a_trace_is_logged_without_what_anybody_said(tmp_path):
    handler = open_log(tmp_path)
    log = logging.getLogger("stage.test.logs")
    log.propagate = False
    log.addHandler(handler)
    said = "the lamp went out once"
    try:
        assert not (tmp_path / NAME).exists()
        raise KeyError(said)
    except KeyError:
        log.exception("a turn failed")
    finally:
        log.removeHandler(handler)
        logging.getLogger().removeHandler(handler)
        handler.close()
    text = (tmp_path / NAME).read_text()
    assert said not in text
    assert "a turn failed" in text
    assert "KeyError" in text
    assert "test_logs.py" in text


def test_a_full_disk_loses_records_quietly(tmp_path, capsys):
    (tmp_path / NAME).symlink_to("/dev/full")
    handler = open_log(tmp_path)
    try:
        handler.emit(logging.LogRecord("stage", logging.INFO, "x", 1, "said", (), None))
    finally:
        logging.getLogger().removeHandler(handler)
        with suppress(OSError):
            handler.close()
    assert capsys.readouterr().err == ""


def test_where_nothing_can_be_written_records_are_lost_quietly(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    handler = open_log(tmp_path / "file" / "state")
    try:
        handler.emit(logging.LogRecord("stage", logging.INFO, "x", 1, "said", (), None))
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
    assert capsys.readouterr().err == ""
