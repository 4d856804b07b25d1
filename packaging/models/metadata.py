"""Names, licence, provenance and chat template that both GGUF files carry."""

from __future__ import annotations

from dataclasses import dataclass

import gguf

CHAT_TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' "
    "+ message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
SAMPLING = {"top_k": 40, "top_p": 0.95, "min_p": 0.05, "temp": 0.8}

STANDARD_EBOOKS = (
    "Standard Ebooks editions",
    "Public domain; editions CC0-1.0",
    "https://github.com/standardebooks",
)
DATASETS = (
    STANDARD_EBOOKS,
    ("GITenberg plays", "Public domain in the USA", "https://github.com/GITenberg"),
    (
        "Shakespeare",
        "Public domain; repository Apache-2.0",
        "https://github.com/martin-gorner/tensorflow-rnn-shakespeare",
    ),
    ("Self-dialogue Corpus", "BSD-3-Clause", "https://github.com/jfainberg/self_dialogue_corpus"),
    ("Topical-Chat", "CDLA-Sharing-1.0", "https://github.com/alexa/Topical-Chat"),
    (
        "Synthetic-Persona-Chat",
        "CC-BY-4.0",
        "https://github.com/google-research-datasets/Synthetic-Persona-Chat",
    ),
    ("African Storybook", "CC-BY-4.0", "https://github.com/global-asp/asp-source"),
    ("Pratham Books StoryWeaver", "CC-BY-4.0", "https://github.com/global-asp/pb-source"),
)
CHAT_DATASETS = (
    ("Open-Assistant sample trees", "Apache-2.0", "https://github.com/LAION-AI/Open-Assistant"),
    ("Self-Instruct seed tasks", "Apache-2.0", "https://github.com/yizhongw/self-instruct"),
    ("Taskmaster", "CC-BY-4.0", "https://github.com/google-research-datasets/Taskmaster"),
    ("chatterbot-corpus", "BSD-3-Clause", "https://github.com/gunthercox/chatterbot-corpus"),
    ("BotBuilder-PersonalityChat", "MIT", "https://github.com/ntulsi/BotBuilder-PersonalityChat"),
)
BASE_TEXT = (
    "A very small continuer of scripts (Name: line), stories and two-party talk, trained for the "
    "desktop app Stage. It knows almost nothing and writes much nonsense; see MODEL_CARD.md."
)
CHAT_TEXT = (
    "Stage base tuned to speak one persona's turns in ChatML, trained for the desktop app Stage. "
    "It knows almost nothing and writes much nonsense; see MODEL_CARD.md."
)


@dataclass(frozen=True)
class Description:
    """Which of the two files is described."""

    chat: bool

    @property
    def name(self) -> str:
        """The value of `general.name`."""
        return "Stage chat" if self.chat else "Stage base"


def describe(writer: gguf.GGUFWriter, description: Description, parameters: int) -> None:
    """Add every key that says what the file is and where it comes from."""
    writer.add_type("model")
    writer.add_name(description.name)
    writer.add_basename("Stage")
    writer.add_size_label(f"{parameters / 1e6:.1f}M")
    writer.add_description(CHAT_TEXT if description.chat else BASE_TEXT)
    writer.add_author("The Stage project")
    writer.add_organization("Stage")
    writer.add_license("other")
    writer.add_license_name("Mixed sources; see the NOTICE beside this file")
    writer.add_license_link("NOTICE")
    writer.add_languages(["en"])
    writer.add_tags(["text-generation", "dialogue", "tiny"])
    for index, (name, licence, link) in enumerate(datasets_of(description)):
        writer.add_dataset_name(index, name)
        writer.add_dataset_description(index, licence)
        writer.add_dataset_repo_url(index, link)
    writer.add_dataset_count(len(datasets_of(description)))
    writer.add_base_model_count(1 if description.chat else 0)
    if description.chat:
        describe_chat(writer)


def datasets_of(description: Description) -> tuple[tuple[str, str, str], ...]:
    """The sources of one file: name, licence and address."""
    return DATASETS + CHAT_DATASETS if description.chat else DATASETS


def describe_chat(writer: gguf.GGUFWriter) -> None:
    """Add the keys that only the chat file carries."""
    writer.add_finetune("chat")
    writer.add_base_model_name(0, "Stage base")
    writer.add_base_model_organization(0, "Stage")
    writer.add_chat_template(CHAT_TEMPLATE)
    writer.add_sampling_top_k(SAMPLING["top_k"])
    writer.add_sampling_top_p(SAMPLING["top_p"])
    writer.add_sampling_min_p(SAMPLING["min_p"])
    writer.add_sampling_temp(SAMPLING["temp"])
