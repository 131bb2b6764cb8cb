"""A mail server in a thread that behaves at each step as a test tells it to."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

Deed = Callable[[str], str | None]


class Drop(Exception):
    """Close the connection without a word."""


class Gate:
    """A deed that holds the conversation until the test opens it."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()

    def __call__(self, argument: str) -> None:
        self.reached.set()
        self.opened.wait(20)

    def open(self) -> None:
        self.opened.set()


class Conversation(SMTP):
    """aiosmtpd's protocol, asking the relay before it answers a verb."""

    relay: "Relay"

    async def _asked(self, step: str, argument: str | None) -> bool:
        try:
            answer = await self.relay.act(step, argument or "")
        except Drop:
            self.transport.abort()
            return True
        if answer is not None:
            await self.push(answer)
        return answer is not None

    @syntax("EHLO hostname")
    async def smtp_EHLO(self, hostname: str) -> None:
        if not await self._asked("ehlo", hostname):
            await super().smtp_EHLO(hostname)

    @syntax("HELO hostname")
    async def smtp_HELO(self, hostname: str) -> None:
        if not await self._asked("ehlo", hostname):
            await super().smtp_HELO(hostname)

    async def smtp_MAIL(self, arg: str | None) -> None:
        if not await self._asked("mail", arg):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:
        if not await self._asked("rcpt", arg):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str | None) -> None:
        if not await self._asked("data", arg):
            await super().smtp_DATA(arg)

    async def smtp_RSET(self, arg: str | None) -> None:
        if not await self._asked("rset", arg):
            await super().smtp_RSET(arg)

    async def handle_exception(self, error: Exception) -> str:
        return "451 something broke"


class Relay:
    """Keeps what it accepted in ``received``; ``on(step, deed)`` changes how a step goes.

    Steps: ehlo, mail, rcpt, data, dot (the body is there, not yet accepted), after (accepted, the
    answer not yet given), rset. A deed gets the verb's argument, or the Message-ID at dot and
    after; it may return the answer to give instead, raise ``Drop``, or take its time.
    """

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.steps: Counter[str] = Counter()
        self.deeds: dict[str, Deed] = {}
        self.arrived = threading.Condition()
        self.port = 0
        self._conversations: list[Conversation] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def _converse(self) -> SMTP:
        conversation = Conversation(self, hostname="relay.example.org", loop=self._loop)
        conversation.relay = self
        self._conversations.append(conversation)
        return conversation

    def start(self) -> None:
        self._thread.start()
        listening = self._loop.create_server(self._converse, "127.0.0.1", 0)
        self._server = asyncio.run_coroutine_threadsafe(listening, self._loop).result(5)
        self.port = self._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        for deed in self.deeds.values():
            if isinstance(deed, Gate):
                deed.open()
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _close(self) -> None:
        """End the conversations that are still open, and leave nothing to the collector."""
        self._server.close()
        for conversation in list(self._conversations):
            if conversation.transport is not None:
                conversation.transport.abort()
        own = asyncio.current_task()
        others = [task for task in asyncio.all_tasks() if task is not own]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._loop.shutdown_default_executor()

    def on(self, step: str, deed: Deed) -> None:
        self.deeds[step] = deed

    def answer(self, step: str, reply: str) -> None:
        self.deeds[step] = lambda argument: reply

    def drop(self, step: str) -> None:
        def deed(argument: str) -> None:
            raise Drop

        self.deeds[step] = deed

    def block(self, step: str) -> Gate:
        self.deeds[step] = gate = Gate()
        return gate

    def behave(self) -> None:
        """Be an ordinary mail server again."""
        self.deeds.clear()

    async def act(self, step: str, argument: str) -> str | None:
        self.steps[step] += 1
        deed = self.deeds.get(step)
        return None if deed is None else await asyncio.to_thread(deed, argument)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        message = message_from_bytes(envelope.original_content or b"", policy=default)
        message["X-To"] = ", ".join(envelope.rcpt_tos)
        message_id = str(message["Message-ID"])
        try:
            answer = await self.act("dot", message_id)
            if answer is not None:
                return answer
            with self.arrived:
                self.received.append(message)
                self.arrived.notify_all()
            return await self.act("after", message_id) or "250 2.0.0 queued"
        except Drop:
            server.transport.abort()
            return "451 gone"

    def wait_for(self, count: int, seconds: float = 20) -> None:
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.received) >= count, seconds)

    def copies(self) -> Counter[str]:
        """How often each Message-ID was accepted."""
        return Counter(str(message["Message-ID"]) for message in self.received)
