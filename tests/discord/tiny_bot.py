"""A very small bot on discord.py, with which the local Discord is tested itself."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

import discord
from discord import app_commands, ui
from discord.ext import commands
from discord.http import Route

T = TypeVar("T")


class Reason(ui.Modal, title="Tell us more"):
    """A form in the newer shape: the text input is inside a label."""

    reason: ui.Label[Any] = ui.Label(text="Reason", component=ui.TextInput(max_length=50), description="One is enough")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        text = self.reason.component
        assert isinstance(text, ui.TextInput)
        await interaction.response.send_message(f"Because {text.value}", ephemeral=True)


class OldReason(ui.Modal, title="Tell us"):
    """A form in the older shape: the text input is alone in a row."""

    reason: ui.TextInput[Any] = ui.TextInput(label="Reason")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(content=f"Because {self.reason.value}")


class Buttons(ui.View):
    """Buttons that survive a restart."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @ui.button(label="Show passage", custom_id="passage")
    async def passage(self, interaction: discord.Interaction, _button: ui.Button[Any]) -> None:
        await interaction.response.send_message("The passage", ephemeral=True)

    @ui.button(emoji="👍", label="0", custom_id="up")
    async def up(self, interaction: discord.Interaction, button: ui.Button[Any]) -> None:
        button.label = "1"
        await interaction.response.edit_message(view=self)

    @ui.button(emoji="👎", custom_id="down")
    async def down(self, interaction: discord.Interaction, _button: ui.Button[Any]) -> None:
        await interaction.response.send_modal(Reason())

    @ui.button(label="Old form", custom_id="old")
    async def old(self, interaction: discord.Interaction, _button: ui.Button[Any]) -> None:
        await interaction.response.send_modal(OldReason())

    @ui.button(label="Later", custom_id="later")
    async def later(self, interaction: discord.Interaction, _button: ui.Button[Any]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="edited later")


library = app_commands.Group(name="library", description="What it knows")


@library.command(description="Adds a document")
async def add(interaction: discord.Interaction, file: discord.Attachment) -> None:
    content = (await file.read()).decode()
    await interaction.response.send_message(f"{file.filename}: {content}", files=[])


@library.command(description="Removes a document")
async def remove(interaction: discord.Interaction, title: str) -> None:
    await interaction.response.send_message(f"Removed {title}")


@remove.autocomplete("title")
async def titles(_interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    known = ["mill", "lighthouse"]
    return [app_commands.Choice(name=name.title(), value=name) for name in known if typed in name]


@app_commands.command(description="Asks")
async def ask(interaction: discord.Interaction, question: str, private: bool = False) -> None:
    await interaction.response.defer(thinking=True, ephemeral=private)
    await interaction.edit_original_response(content="Working")
    embed = discord.Embed(title=question, description=f"{interaction.locale} {interaction.guild_locale}")
    await interaction.edit_original_response(content=None, embed=embed, view=Buttons())


@app_commands.command(description="Names things")
async def name(
    interaction: discord.Interaction,
    where: discord.TextChannel,
    who: discord.Member,
    role: discord.Role,
    how: app_commands.Range[int, 1, 5] = 1,
) -> None:
    await interaction.response.send_message(f"{where.name} {who.global_name} {role.name} {how}")


@app_commands.command(description="For those who run the server")
@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
async def stats(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("None")


@app_commands.context_menu(name="Ask about this message")
async def about(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"You ask: {message.content}")


class TinyBot(commands.Bot):
    """Asks for no privileged intent unless told to."""

    def __init__(self, *, read_content: bool = False, heartbeat_timeout: float = 60.0) -> None:
        intents = discord.Intents.default()
        intents.message_content = read_content
        super().__init__((), intents=intents, help_command=None, heartbeat_timeout=heartbeat_timeout)
        self.heard: list[discord.Message] = []
        self.interactions: list[discord.Interaction] = []

    async def setup_hook(self) -> None:
        own: tuple[Any, ...] = (ask, name, stats, about, library)
        for command in own:
            self.tree.add_command(command)
        self.add_view(Buttons())
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Do not wait 5 s before a new session, as discord.py does."""

    async def on_message(self, message: discord.Message, /) -> None:
        assert self.user is not None
        if message.author.bot:
            return
        self.heard.append(message)
        if self.user in message.mentions or message.guild is None:
            async with message.channel.typing():
                await message.reply(f"Heard: {message.content}", mention_author=False)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        self.interactions.append(interaction)


class Running:
    """A bot on an event loop of its own, in a thread of its own."""

    def __init__(self, bot: TinyBot, token: str) -> None:
        self.bot = bot
        self.problem: BaseException | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, args=(token,), daemon=True)
        self._thread.start()

    def _run(self, token: str) -> None:
        try:
            self._loop.run_until_complete(self.bot.start(token))
        except Exception as problem:  # noqa: BLE001 (the test looks at it)
            self.problem = problem
        finally:
            self._loop.run_until_complete(self._finish())
            self._loop.close()

    async def _finish(self) -> None:
        await self.bot.close()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def call(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run something on the bot's loop."""
        return self.later(coroutine).result(10)

    def later(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Begin something on the bot's loop."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def request(self, method: str, path: str, body: Any = None) -> Any:
        """Make a request as discord.py makes them, with a body that it need not approve of."""
        return self.call(self.requesting(method, path, body))

    async def requesting(self, method: str, path: str, body: Any = None) -> Any:
        return await self.bot.http.request(Route(method, path), **({} if body is None else {"json": body}))

    def join(self) -> None:
        """Wait until the bot has ended by itself."""
        self._thread.join(10)
        assert not self._thread.is_alive()

    def stop(self) -> None:
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self.bot.close(), self._loop)
            self.join()


Start = Callable[..., Running]
