"""What must hold after a quiet time, whatever was done to the processes: counted, not believed."""

from collections import Counter
from dataclasses import asdict, dataclass

from tests.databases import OwnDatabase
from tests.faults.faults import FROZEN_SECONDS
from tests.faults.fleet import Fleet
from tests.stand_in import OFFLINE

# Written by the database itself, whoever changes the row.
AUDIT = """
CREATE TABLE audit (job_id uuid NOT NULL, status job_status NOT NULL);
GRANT INSERT ON audit TO deckgen_app, deckgen_service;
CREATE FUNCTION write_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit VALUES (NEW.id, NEW.status);
  RETURN NEW;
END $$;
CREATE TRIGGER audit_ends AFTER UPDATE OF status ON jobs FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status AND NEW.status IN ('completed', 'failed', 'cancelled'))
  EXECUTE FUNCTION write_audit();
"""
STUCK = """
SELECT
  (SELECT count(*) FROM job_attempts WHERE ended_at IS NULL)
  + (SELECT count(*) FROM jobs WHERE finished_at IS NULL OR dispatched_at IS NOT NULL)
  + (SELECT count(*) FROM presentations WHERE status IN ('queued', 'processing'))
"""
# An attempt that was released, because its worker was told to end, is not to be counted.
COUNTED_DEPLOYS = """
SELECT count(*) FROM jobs j WHERE attempts <> (
  SELECT count(*) FROM job_attempts a WHERE a.job_id = j.id AND outcome NOT IN ('released', 'crashed'))
"""
TOLD_TWICE = """
SELECT count(*) FROM (
  SELECT FROM job_events WHERE kind = 'step.completed'
  GROUP BY job_id, data->>'step' HAVING count(*) > 1
) AS repeated
"""


@dataclass(frozen=True)
class Report:
    """Figures of one run; all from `lost` on have to be 0."""

    accepted: int
    completed: int
    cancelled: int
    executions: int
    calls: int
    faults: int
    lost: int
    ended_twice: int
    failed: int
    accepted_twice: int
    paid_twice: int
    checkpoints_not_paid: int
    called_after_checkpoint: int
    told_twice: int
    stuck_rows: int
    attempts_of_deploys: int
    unclean_exits: int

    @property
    def broken(self) -> dict[str, int]:
        """The invariants that do not hold."""
        counts = asdict(self)
        promised = list(counts)[list(counts).index("lost") :]
        return {name: counts[name] for name in promised if counts[name]}


async def report(fleet: Fleet, database: OwnDatabase, accepted: dict[str, str]) -> Report:
    """Count, from PostgreSQL and from the ledger of the orchestrator."""
    rows = await database.fetch("SELECT id::text, deck_id, status::text FROM jobs")
    statuses = {row["id"]: row["status"] for row in rows}
    ends = Counter(str(row["job_id"]) for row in await database.fetch("SELECT job_id FROM audit"))
    saved = await _saved(database)
    paid = Counter(key for key, _ in fleet.ledger("paid"))
    by_status = Counter(statuses.values())
    # What was sent to a frozen orchestrator is written down when it wakes up.
    late = FROZEN_SECONDS if fleet.faults["freeze the orchestrator"] else 0
    return Report(
        accepted=len(accepted),
        completed=by_status["completed"],
        cancelled=by_status["cancelled"],
        executions=paid.total(),
        calls=len(fleet.ledger("call")),
        faults=fleet.faults.total(),
        lost=sum(ends[job_id] == 0 for job_id in accepted) + await _unfinished_steps(database),
        ended_twice=sum(count > 1 for count in ends.values()),
        failed=by_status["failed"],
        accepted_twice=len(rows) - len({row["deck_id"] for row in rows}),
        paid_twice=sum(count > 1 for count in paid.values()),
        checkpoints_not_paid=len(saved.keys() - paid.keys()),
        called_after_checkpoint=sum(at > saved.get(key, at) + late for key, at in fleet.ledger("call")),
        told_twice=await database.fetchval(TOLD_TWICE),
        stuck_rows=await database.fetchval(STUCK),
        attempts_of_deploys=await database.fetchval(COUNTED_DEPLOYS),
        unclean_exits=sum(code != 0 for code in fleet.exit_codes),
    )


async def _saved(database: OwnDatabase) -> dict[str, float]:
    """When each step's key was saved."""
    rows = await database.fetch("SELECT key, extract(epoch FROM finished_at) AS at FROM job_steps")
    return {row["key"]: float(row["at"]) for row in rows}


async def _unfinished_steps(database: OwnDatabase) -> int:
    """Completed jobs that lack the checkpoint of a step."""
    lacking: int = await database.fetchval(
        "SELECT count(*) FROM jobs j WHERE status = 'completed' AND "
        "(SELECT count(*) FROM job_steps s WHERE s.job_id = j.id) <> $1",
        len(OFFLINE),
    )
    return lacking
