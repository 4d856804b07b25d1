from stage.app.command import Output
from stage.app.loading import loading
from stage.director.events import ModelChanged


def test_only_what_is_being_loaded_is_drawn(monkeypatch):
    drawn = []
    out = Output(json=False)
    monkeypatch.setattr(out, "progress", drawn.append)
    hear = loading(out)
    hear(ModelChanged("/models/small.gguf", "loading", 0.43, "loading"))
    hear(ModelChanged("/models/small.gguf", "ready", None, "ready"))
    assert drawn == ["small: reading weights 43%"]
