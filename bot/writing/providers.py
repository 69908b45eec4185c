"""Chat models by provider name; each is an extra that is installed only where it is wanted."""

import os

from langchain_core.language_models import BaseChatModel

from bot.errors import Misconfigured
from bot.settings import Settings

EXTRAS = {"openai": "langchain-openai", "anthropic": "langchain-anthropic", "ollama": "langchain-ollama"}


def open_model(settings: Settings) -> BaseChatModel:
    """Make the configured chat model.

    Raises:
        Misconfigured: the provider's package is not installed, or the model has no name.
    """
    os.environ.setdefault("LANGSMITH_TRACING", "false")
    if not settings.model_name:
        raise Misconfigured("GLOCAL_MODEL_NAME is empty: name the model, as its provider calls it")
    try:
        return _make(settings)
    except ImportError:
        package = EXTRAS[settings.model_provider]
        raise Misconfigured(
            f"GLOCAL_MODEL_PROVIDER={settings.model_provider} needs {package}: pip install {package}"
        ) from None


def _make(settings: Settings) -> BaseChatModel:
    key = settings.model_api_key.get_secret_value() if settings.model_api_key else "none"
    wait_s = settings.model_timeout_s
    match settings.model_provider:
        case "anthropic":
            from langchain_anthropic import ChatAnthropic

            model: BaseChatModel = ChatAnthropic(model_name=settings.model_name, api_key=key, timeout=wait_s, stop=None)
        case "ollama":
            from langchain_ollama import ChatOllama

            model = ChatOllama(model=settings.model_name, base_url=settings.model_base_url or None)
        case _:
            from langchain_openai import ChatOpenAI

            model = ChatOpenAI(
                model=settings.model_name, api_key=key, base_url=settings.model_base_url or None, timeout=wait_s,
                max_retries=0,
            )  # fmt: skip
    return model
