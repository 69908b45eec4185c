"""The port Engine on DBOS Transact: jobs are committed with the turn and survive the process.

The only file that knows DBOS; bot/app.py imports it in `serve` and `worker` only, because that takes a second. A
new engine can enqueue (`serve --web-only`); a launched one also carries jobs out. A timer is a delayed row: nothing
waits in memory for days.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer, EnqueueOptions

from bot.engine.context import JobContext
from bot.engine.heartbeat import watch_forever
from bot.engine.run import attempt
from bot.ports import Clock, Job
from bot.store import Store, UnitOfWork

QUEUE = "jobs"
WORKFLOW = "carry_out"
APPLICATION_VERSION = "1"
"""Pinned: the default is a hash of the code, and a deploy would strand waiting work."""
SIDE_BY_SIDE = 4
MOST_THREADS = 16
STOP_WITHIN_S = 8


class DbosEngine:
    """Enqueues in our own transactions; carries out on the loop that launched it."""

    def __init__(self, store: Store, *, clock: Clock, executor_id: str = "main", poll_s: float = 1.0) -> None:
        self._store = store
        self._clock = clock
        self._executor_id = executor_id
        self._poll_s = poll_s
        self._database = store.open_for_dbos()
        self._client = DBOSClient(
            system_database_engine=self._database,
            serializer=DBOSPortableJSONSerializer(),
            application_name=self._application,
            lazy=True,
        )
        self._is_launched = False
        self._watching: asyncio.Task[None] | None = None
        self._underway = 0

    # ------------------------------------------------------------ the port

    async def enqueue(self, uow: UnitOfWork, job: Job) -> None:
        """Start soon after the commit; the same key starts nothing twice."""
        await self._enqueue(uow, job, delay_s=0)

    async def schedule_at(self, uow: UnitOfWork, job: Job, at: datetime) -> None:
        """Start at an instant; the job checks the state when it fires."""
        await self._enqueue(uow, job, delay_s=max((at - self._clock.now()).total_seconds(), 0))

    async def cancel(self, uow: UnitOfWork, key: str) -> None:
        """Forget scheduled work: its row stays, and does nothing when it fires.

        DBOS's own cancel would open a second transaction, which waits for the lock of this one.
        """
        await uow.jobs.cancel(key)

    async def _enqueue(self, uow: UnitOfWork, job: Job, *, delay_s: float) -> None:
        options = EnqueueOptions(workflow_name=WORKFLOW, queue_name=QUEUE, workflow_id=f"{self._store.brand}:{job.key}")
        if delay_s > 0:
            options["delay_seconds"] = delay_s
        content = job.model_dump(mode="json")
        await uow.run_sync(lambda connection: self._client.enqueue_in_transaction(connection, options, content))

    # ------------------------------------------------------------ its life

    async def migrate(self) -> None:
        """Bring DBOS's own tables to its version; on SQLite the launch does so, because all is one process."""
        if self._store.is_shared:
            await asyncio.to_thread(DBOS.migrate, self._store.access.url)

    async def launch(self, context: JobContext) -> None:
        """Carry jobs out from now on, on this loop, beginning with what a stopped process left."""
        await self.migrate()
        DBOS(config=self._config())
        _log_our_way()
        self._register(context)
        async with self._store.writers_waiting():
            DBOS.launch()  # on the loop thread: DBOS adopts the loop it is launched from
        self._is_launched = True
        await DBOS.register_queue_async(
            QUEUE, polling_interval_sec=self._poll_s, worker_concurrency=SIDE_BY_SIDE, on_conflict="always_update"
        )
        if self._store.is_shared:
            watch = watch_forever(self, self._store, clock=self._clock, executor_id=self._executor_id)
            self._watching = asyncio.create_task(watch, name="heartbeat")

    async def resume_from(self, executor_id: str) -> int:
        """Take over the jobs that another process began and did not finish; count them."""
        left = await DBOS.list_workflows_async(
            status="PENDING", executor_id=executor_id, load_input=False, load_output=False
        )
        if left:
            await DBOS.resume_workflows_async([workflow.workflow_id for workflow in left], queue_name=QUEUE)
        return len(left)

    async def is_idle(self) -> bool:
        """Tell whether nothing is due or underway; timers that lie ahead do not count."""
        found = await DBOS.list_workflows_async(
            status=["ENQUEUED", "PENDING"], limit=1, load_input=False, load_output=False
        )
        return not found

    async def close(self) -> None:
        """Let jobs finish that are underway, then stop; the rest is taken up at the next launch."""
        if self._is_launched:
            await self._stop()
        self._client.destroy()
        self._database.dispose()

    async def _stop(self) -> None:
        """Stop DBOS off the loop, where its jobs still finish, and give the loop an executor of its own again."""
        if self._watching:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        loop = asyncio.get_running_loop()
        patience_s = STOP_WITHIN_S if self._underway else 0
        with ThreadPoolExecutor(max_workers=1) as beside:
            await loop.run_in_executor(
                beside, lambda: DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=patience_s)
            )
        loop.set_default_executor(ThreadPoolExecutor(thread_name_prefix="after-dbos"))
        self._is_launched = False

    def _register(self, context: JobContext) -> None:
        """Tell DBOS what a job is: attempts with pauses between them, until nothing is left to do."""

        @DBOS.step(name="attempt")
        async def carry_out_once(content: dict[str, object]) -> float:
            self._underway += 1
            try:
                return await attempt(context, Job.model_validate(content))
            finally:
                self._underway -= 1

        @DBOS.workflow(name=WORKFLOW)
        async def carry_out(content: dict[str, object]) -> None:
            while pause_s := await carry_out_once(content):
                await DBOS.sleep_async(pause_s)

    @property
    def _application(self) -> str:
        return f"glocal-{self._store.brand}"

    def _config(self) -> DBOSConfig:
        return DBOSConfig(
            name=self._application,
            system_database_engine=self._database,
            serializer=DBOSPortableJSONSerializer(),
            application_version=APPLICATION_VERSION,
            executor_id=self._executor_id,
            max_executor_threads=MOST_THREADS,
            use_listen_notify=False,  # jobs are polled for; a listener would only hold one more connection
            log_level="WARNING",
        )


def _log_our_way() -> None:
    """Let DBOS's lines take the road of all others, where secrets are left out."""
    logger = logging.getLogger("dbos")
    logger.handlers.clear()
    logger.propagate = True
