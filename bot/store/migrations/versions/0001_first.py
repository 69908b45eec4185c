"""The first tables: people, campaigns, traffic, versions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0001_first"
down_revision = None

TABLES = (
    *("foci", "direct_chats", "conversations", "codes", "memberships", "accounts", "members", "pendings"),
    *("locations", "territories", "placements", "decisions", "requests", "revisions", "campaigns"),
    *("inbox", "deliveries", "jobs", "audit", "audit_heads", "executors"),
    *("templates", "brands", "policies", "switches", "renditions"),
)


def upgrade() -> None:
    """Apply."""
    _make_people()
    _make_places()
    _make_conversations()
    _make_campaigns()
    _make_requests()
    _make_placements()
    _make_traffic()
    _make_log()
    _make_versions()


def downgrade() -> None:
    """Take back."""
    for table in TABLES:
        op.drop_table(table)


def _make_people() -> None:
    _table("members", _keys("brand", "id"), _words("name", "locale"))
    account = _keys("brand", "platform", "workspace", "user_id")
    _table("accounts", account, _words("member_id"), _reference("accounts", "member", ondelete="CASCADE"))
    _index("accounts", "member_id")
    role = _keys("brand", "member_id", "role", "location_id", "territory_id")
    _table("memberships", role, _reference("memberships", "member", ondelete="CASCADE"))
    given = [*_words("member_id", nullable=True), _json("membership", nullable=True), *_words("issued_by")]
    _table("codes", _keys("brand", "code_hash"), given, [_at("expires_at"), _at("redeemed_at", nullable=True)])


def _make_places() -> None:
    area = [*_words("name"), *_words("parent_id", nullable=True), *_words("locale")]
    _table("territories", _keys("brand", "id"), area, _numbers("position"))
    _table("locations", _keys("brand", "id"), [_json("data")], _numbers("position"))


def _make_conversations() -> None:
    place = ("platform", "workspace", "conversation_id")
    area = _words("territory_id", nullable=True)
    _table("conversations", _keys("brand", *place), _flags("is_direct"), area)
    _index("conversations", "territory_id")
    owner = _reference("direct_chats", "member", ondelete="CASCADE")
    _table("direct_chats", _keys("brand", "member_id", *place), [_at("used_at")], owner)
    owner = _reference("foci", "member", ondelete="CASCADE")
    _table("foci", _keys("brand", "member_id", *place), [_json("data")], owner)
    _table("pendings", _keys("brand", "id"), [_json("data"), *_flags("is_used"), _at("created_at")])


def _make_campaigns() -> None:
    named = _words("location_id", "author_id", "template_name", "state")
    at = [_at("created_at"), _at("changed_at")]
    _table("campaigns", _keys("brand", "id"), named, _numbers("revision"), at, [_json("data")])
    _index("campaigns", "location_id", "created_at")
    _index("campaigns", "author_id", "state")
    _index("campaigns", "location_id", "state")
    number = sa.Column("revision", sa.Integer(), primary_key=True)
    _table("revisions", [*_keys("brand", "campaign_id"), number], [_json("data")], _reference("revisions", "campaign"))


def _make_requests() -> None:
    named = _words("campaign_id", "location_id", "state")
    counted = [*_numbers("stage", "decision_count"), _at("asked_at"), _json("data")]
    _table("requests", _keys("brand", "id"), named, counted, _reference("requests", "campaign"))
    _index("requests", "state", "asked_at", "id")
    _index("requests", "campaign_id")
    number = sa.Column("number", sa.Integer(), primary_key=True)
    given = [*_words("member_id"), _json("data")]
    _table("decisions", [*_keys("brand", "request_id"), number], given, _reference("decisions", "request"))


def _make_placements() -> None:
    where = [*_words("campaign_id", "platform", "workspace", "conversation_id", "thread_id"), *_flags("is_direct")]
    what = [*_words("view", "locale"), *_words("request_id", nullable=True), *_words("post_id", "format")]
    shown = [*_numbers("shown_revision", "wanted_revision"), _json("shown_digests"), _at("created_at")]
    whose = [*_words("member_id", nullable=True), *_flags("is_retired"), *_claim()]
    _table("placements", _keys("brand", "id"), where, what, shown, whose, _reference("placements", "campaign"))
    _index("placements", "campaign_id")
    post = ["brand", "platform", "workspace", "conversation_id", "post_id"]
    op.create_index("ix_placements_post", "placements", post)
    is_behind = sa.text("shown_revision < wanted_revision")
    op.create_index(
        "ix_placements_behind",
        "placements",
        ["brand", "created_at"],
        sqlite_where=is_behind,
        postgresql_where=is_behind,
    )


def _make_traffic() -> None:
    came = [*_words("state"), _at("received_at"), _json("incoming")]
    went = [_json("owed", nullable=True), *_flags("is_owing"), _at("done_at", nullable=True), *_words("reason")]
    _table("inbox", _keys("brand", "event_id"), came, went, _claim())
    _index("inbox", "state", "received_at", "event_id")
    _index("inbox", "is_owing", "received_at")
    _table("deliveries", _keys("brand", "key"), _words("state", "post_id"))
    _table("jobs", _keys("brand", "key"), _numbers("attempts"), _flags("is_cancelled"))
    _table("executors", _keys("brand", "id"), [_at("beat_at")])


def _make_log() -> None:
    number = sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False)
    happened = [*_words("what", "subject"), *_words("member_id", nullable=True), _at("at"), _json("facts")]
    _table("audit", [*_keys("brand"), number], happened, _words("digest"))
    _table("audit_heads", _keys("brand"), _numbers("number"), _words("digest"))


def _make_versions() -> None:
    _table("templates", _keys("brand", "name", "version"), [_json("data")])
    _table("brands", _keys("brand", "version"), [_json("data")])
    _table("policies", _keys("brand", "version"), [_json("data")])
    days: list[SchemaItem] = [sa.Column(name, sa.Date()) for name in ("valid_from", "valid_until")]
    _table("switches", _keys("brand", "template_name"), _flags("is_on"), days)
    _table("renditions", _keys("brand", "key"), [_json("data")])


def _table(name: str, *parts: list[SchemaItem]) -> None:
    op.create_table(name, *(item for part in parts for item in part))


def _index(table: str, *columns: str) -> None:
    op.create_index("_".join(("ix", table, "brand", *columns)), table, ["brand", *columns])


def _keys(*names: str) -> list[SchemaItem]:
    return [sa.Column(name, sa.String(), primary_key=True) for name in names]


def _words(*names: str, nullable: bool = False) -> list[SchemaItem]:
    return [sa.Column(name, sa.String(), nullable=nullable) for name in names]


def _numbers(*names: str) -> list[SchemaItem]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _flags(*names: str) -> list[SchemaItem]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def _at(name: str, *, nullable: bool = False) -> SchemaItem:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _json(name: str, *, nullable: bool = False) -> SchemaItem:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _claim() -> list[SchemaItem]:
    return [*_words("claimed_by", nullable=True), _at("claimed_until", nullable=True)]


def _reference(table: str, to: str, *, ondelete: str | None = None) -> list[SchemaItem]:
    """Point at a row of the same brand; `to` in the singular names the column `<to>_id` and the table `<to>s`."""
    columns, name = ["brand", f"{to}_id"], f"fk_{table}_brand_{to}_id"
    return [sa.ForeignKeyConstraint(columns, [f"{to}s.brand", f"{to}s.id"], name=name, ondelete=ondelete)]
