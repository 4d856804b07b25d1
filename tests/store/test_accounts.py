"""Many lines told whole, a page at a time; as one line is told by itself."""

from __future__ import annotations

from stage.store.accounts import Accounts
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import PROMPT, stock


def test_a_page_tells_of_lines_what_each_tells_by_itself(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        typed = await made.say(made.root, "hello")
        one = await made.take(typed.id, 0, 1)
        two = await made.take(typed.id, 1, 5, 6)
        found = library.accounts()([two.id, typed.id, one.id])
        assert [each["id"] for each in found] == [two.id, typed.id, one.id]
        for account, line in zip(found, (two, typed, one), strict=True):
            detail = await library.line(line.id)
            names = (
                "hash made raw_text cut_at audience frame sampler seed mode batch engine".split()
            )
            names += "cut decision started ended error".split()
            assert {each: account[each] for each in names} == {
                each: getattr(detail, each) for each in names
            }
            whole = [{name: each[name] for name in ("id", "text", "logprob", "top")}
                     for each in account["tokens"]]  # fmt: skip
            plain = [{name: each[name] for name in ("id", "text", "logprob", "top")}
                     for each in detail.tokens]  # fmt: skip
            assert whole == plain
        assert found[0]["model"]["identity"] == "id:1"
        assert found[0]["tokens"][1]["b64"] == "8J8="
        places = [(each["byte_start"], each["byte_end"]) for each in found[0]["tokens"]]
        assert places == [(0, 6), (6, 8), (8, 10)]
        assert (found[1]["tokens"], found[1]["model"], found[1]["prompt"]) == ([], None, None)

    opened(work)


def test_a_prompt_is_brief_unless_it_is_wanted_and_is_read_once(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        ids = [(await made.take(made.root, 0)).id for _ in range(3)]
        brief = {each["prompt"]["count"] for each in library.accounts()(ids)}
        assert brief == {len(PROMPT.tokens)}
        whole = Accounts(prompts=True)
        page = await library._desk.read(whole.page, ids)
        assert page[0]["prompt"]["text"] == PROMPT.text
        assert page[0]["prompt"] is page[2]["prompt"]

    opened(work)


def test_a_take_that_was_taken_over_names_the_one_it_is_once_more(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        take = await made.take(made.root, 0, 1)
        other = await made.say(made.root, "elsewhere")
        copy = await library.say_again(made.play, other.id, take.id, {})
        found = library.accounts()([take.id, copy.id, other.id])
        assert [each["repeats"] for each in found] == [None, take.id, None]

    opened(work)
