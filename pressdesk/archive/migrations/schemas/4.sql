-- What a desk of schema 4 is made of, as PressDesk made it; sqlite_sequence makes itself.
CREATE TABLE release (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	reference TEXT NOT NULL, 
	slug TEXT NOT NULL, 
	occasion TEXT NOT NULL, 
	topics TEXT NOT NULL, 
	places TEXT NOT NULL, 
	people TEXT NOT NULL, 
	embargo_at DATETIME, 
	embargo_zone TEXT, 
	planned_at DATETIME, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	trashed_at DATETIME, 
	sort_date DATE NOT NULL, 
	drafts BOOLEAN NOT NULL, 
	issued BOOLEAN NOT NULL, 
	issued_embargo DATETIME, 
	CONSTRAINT uq_release_uid UNIQUE (uid)
);
CREATE UNIQUE INDEX ix_release_reference ON release (reference) WHERE reference <> '';
CREATE INDEX ix_release_list ON release (sort_date, id) WHERE trashed_at IS NULL;
CREATE TABLE search_terms (
	"key" INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	terms BLOB NOT NULL, 
	words BLOB NOT NULL, 
	CONSTRAINT pk_search_terms PRIMARY KEY ("key")
);
CREATE TABLE search_stem (
	stem TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	CONSTRAINT pk_search_stem PRIMARY KEY (stem)
)
 WITHOUT ROWID

;
CREATE TABLE facet_cube (
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	language TEXT NOT NULL, 
	month INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	CONSTRAINT pk_facet_cube PRIMARY KEY (kind, state, language, month)
)
 WITHOUT ROWID

;
CREATE TABLE facet_value (
	facet TEXT NOT NULL, 
	value TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	CONSTRAINT pk_facet_value PRIMARY KEY (facet, value)
)
 WITHOUT ROWID

;
CREATE TABLE contact (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	retired BOOLEAN NOT NULL, 
	version INTEGER NOT NULL, 
	data BLOB NOT NULL, 
	CONSTRAINT uq_contact_uid UNIQUE (uid)
);
CREATE TABLE deed (
	book TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	deed TEXT NOT NULL, 
	edition TEXT, 
	noted DATETIME NOT NULL, 
	login TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	data BLOB NOT NULL, 
	private BLOB, 
	CONSTRAINT pk_deed PRIMARY KEY (book, number)
);
CREATE INDEX ix_deed_edition ON deed (edition) WHERE edition IS NOT NULL;
CREATE TABLE node (
	book TEXT NOT NULL, 
	level INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	hash BLOB NOT NULL, 
	CONSTRAINT pk_node PRIMARY KEY (book, level, place)
)
 WITHOUT ROWID

;
CREATE TABLE setting (
	"key" TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	data BLOB NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY ("key")
);
CREATE TABLE blob (
	sha256 TEXT NOT NULL, 
	media_type TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	data BLOB NOT NULL, 
	CONSTRAINT pk_blob PRIMARY KEY (sha256)
);
CREATE TABLE import_batch (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	undone_at DATETIME, 
	name TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	original BLOB NOT NULL
);
CREATE TABLE counter (
	year INTEGER NOT NULL, 
	n INTEGER NOT NULL, 
	CONSTRAINT pk_counter PRIMARY KEY (year)
);
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_meta PRIMARY KEY ("key")
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE edition (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	release_id INTEGER NOT NULL, 
	language TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	title TEXT NOT NULL, 
	subtitle TEXT NOT NULL, 
	place TEXT NOT NULL, 
	date DATE, 
	sort_date DATE NOT NULL, 
	issued_at DATETIME, 
	recorded_at DATETIME, 
	embargo_at DATETIME, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	saved_at DATETIME NOT NULL, 
	CONSTRAINT uq_edition_release_id_language_number UNIQUE (release_id, language, number), 
	CONSTRAINT uq_edition_uid UNIQUE (uid), 
	CONSTRAINT fk_edition_release_id_release FOREIGN KEY(release_id) REFERENCES release (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX ix_edition_draft ON edition (release_id, language) WHERE state <> 'issued';
CREATE INDEX ix_edition_embargo_at ON edition (embargo_at) WHERE embargo_at IS NOT NULL;
CREATE TABLE listed (
	release_id INTEGER NOT NULL, 
	language TEXT NOT NULL, 
	edition_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	title TEXT NOT NULL, 
	date DATE, 
	issued BOOLEAN NOT NULL, 
	CONSTRAINT pk_listed PRIMARY KEY (release_id, language), 
	CONSTRAINT fk_listed_release_id_release FOREIGN KEY(release_id) REFERENCES release (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE import_item (
	batch_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	release_id INTEGER NOT NULL, 
	CONSTRAINT pk_import_item PRIMARY KEY (batch_id, position), 
	CONSTRAINT fk_import_item_batch_id_import_batch FOREIGN KEY(batch_id) REFERENCES import_batch (id), 
	CONSTRAINT uq_import_item_release_id UNIQUE (release_id), 
	CONSTRAINT fk_import_item_release_id_release FOREIGN KEY(release_id) REFERENCES release (id) ON DELETE CASCADE
);
CREATE TABLE import_contact (
	batch_id INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	CONSTRAINT pk_import_contact PRIMARY KEY (batch_id, contact_id), 
	CONSTRAINT fk_import_contact_batch_id_import_batch FOREIGN KEY(batch_id) REFERENCES import_batch (id), 
	CONSTRAINT fk_import_contact_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
);
CREATE TABLE edition_body (
	edition_id INTEGER NOT NULL, 
	summary TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	boilerplate TEXT, 
	fields TEXT NOT NULL, 
	questions TEXT NOT NULL, 
	body BLOB NOT NULL, 
	CONSTRAINT pk_edition_body PRIMARY KEY (edition_id), 
	CONSTRAINT fk_edition_body_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE
);
CREATE TABLE draft (
	edition_id INTEGER NOT NULL, 
	token TEXT NOT NULL, 
	release_version INTEGER NOT NULL, 
	release_touched BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	title TEXT NOT NULL, 
	date DATE, 
	data BLOB NOT NULL, 
	sha256 TEXT, 
	CONSTRAINT pk_draft PRIMARY KEY (edition_id), 
	CONSTRAINT fk_draft_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE
);
CREATE TABLE revision (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	edition_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	note TEXT NOT NULL, 
	author TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	data BLOB NOT NULL, 
	uid TEXT, 
	CONSTRAINT uq_revision_edition_id_number UNIQUE (edition_id, number), 
	CONSTRAINT fk_revision_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX ix_revision_uid ON revision (uid) WHERE uid IS NOT NULL;
CREATE TABLE search_doc (
	"key" INTEGER NOT NULL, 
	edition_id INTEGER NOT NULL, 
	release_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	language TEXT NOT NULL, 
	month INTEGER NOT NULL, 
	topics TEXT NOT NULL, 
	places TEXT NOT NULL, 
	speakers TEXT NOT NULL, 
	CONSTRAINT pk_search_doc PRIMARY KEY ("key"), 
	CONSTRAINT uq_search_doc_edition_id UNIQUE (edition_id), 
	CONSTRAINT fk_search_doc_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE
);
CREATE INDEX ix_search_doc_release_id ON search_doc (release_id);
CREATE TABLE edition_contact (
	edition_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	CONSTRAINT pk_edition_contact PRIMARY KEY (edition_id, position), 
	CONSTRAINT fk_edition_contact_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE, 
	CONSTRAINT fk_edition_contact_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id)
)
 WITHOUT ROWID

;
CREATE INDEX ix_edition_contact_contact_id ON edition_contact (contact_id);
CREATE TABLE issued (
	edition_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	sha256 TEXT NOT NULL, 
	house BLOB NOT NULL, 
	sheet BLOB NOT NULL, 
	CONSTRAINT pk_issued PRIMARY KEY (edition_id), 
	CONSTRAINT fk_issued_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id) ON DELETE CASCADE
);
CREATE TABLE revision_base (
	revision_id INTEGER NOT NULL, 
	keyframe_id INTEGER NOT NULL, 
	CONSTRAINT pk_revision_base PRIMARY KEY (revision_id), 
	CONSTRAINT fk_revision_base_revision_id_revision FOREIGN KEY(revision_id) REFERENCES revision (id) ON DELETE CASCADE, 
	CONSTRAINT fk_revision_base_keyframe_id_revision FOREIGN KEY(keyframe_id) REFERENCES revision (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID

;
CREATE INDEX ix_revision_base_keyframe_id ON revision_base (keyframe_id);
CREATE TABLE revision_name (
	revision_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_revision_name PRIMARY KEY (revision_id), 
	CONSTRAINT fk_revision_name_revision_id_revision FOREIGN KEY(revision_id) REFERENCES revision (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE VIRTUAL TABLE search_text USING fts5(title, subtitle, body, meta, content='', columnsize=0, tokenize='ascii');
CREATE TRIGGER guard_release_insert BEFORE INSERT ON release WHEN EXISTS (SELECT 1 FROM release WHERE id = NEW.id OR uid = NEW.uid) OR (NEW.reference <> '' AND EXISTS (SELECT 1 FROM release WHERE reference = NEW.reference)) BEGIN SELECT RAISE(ABORT, 'this release is there already'); END;
CREATE TRIGGER guard_release_update BEFORE UPDATE ON release WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR (NEW.reference <> '' AND EXISTS (SELECT 1 FROM release WHERE reference = NEW.reference AND id <> OLD.id)) BEGIN SELECT RAISE(ABORT, 'a release keeps its identity'); END;
CREATE TRIGGER guard_release_issued BEFORE UPDATE ON release WHEN (NEW.kind IS NOT OLD.kind OR NEW.trashed_at IS NOT NULL OR (OLD.reference <> '' AND NEW.reference IS NOT OLD.reference)) AND EXISTS (SELECT 1 FROM edition WHERE release_id = OLD.id AND state = 'issued') BEGIN SELECT RAISE(ABORT, 'a release with an issued edition keeps its kind, reference and place'); END;
CREATE TRIGGER guard_release_shared BEFORE UPDATE ON release WHEN (NEW.slug IS NOT OLD.slug OR NEW.occasion IS NOT OLD.occasion OR NEW.topics IS NOT OLD.topics OR NEW.places IS NOT OLD.places OR NEW.people IS NOT OLD.people OR NEW.embargo_at IS NOT OLD.embargo_at OR NEW.embargo_zone IS NOT OLD.embargo_zone OR NEW.planned_at IS NOT OLD.planned_at) AND EXISTS (SELECT 1 FROM edition WHERE release_id = OLD.id AND state = 'issued') AND NOT EXISTS (SELECT 1 FROM edition WHERE release_id = OLD.id AND state <> 'issued') BEGIN SELECT RAISE(ABORT, 'what an issued release says changes with its next edition only'); END;
CREATE TRIGGER guard_release_delete BEFORE DELETE ON release WHEN EXISTS (SELECT 1 FROM edition WHERE release_id = OLD.id AND state = 'issued') BEGIN SELECT RAISE(ABORT, 'an issued edition never changes'); END;
CREATE TRIGGER guard_edition_insert BEFORE INSERT ON edition WHEN EXISTS (SELECT 1 FROM edition WHERE id = NEW.id OR uid = NEW.uid OR (release_id = NEW.release_id AND language = NEW.language AND number = NEW.number)) BEGIN SELECT RAISE(ABORT, 'this edition is there already'); END;
CREATE TRIGGER guard_edition_begins BEFORE INSERT ON edition WHEN NEW.state = 'issued' BEGIN SELECT RAISE(ABORT, 'an edition begins as a draft'); END;
CREATE TRIGGER guard_edition_update BEFORE UPDATE ON edition WHEN OLD.state = 'issued' OR NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.release_id IS NOT OLD.release_id OR NEW.language IS NOT OLD.language OR NEW.number IS NOT OLD.number BEGIN SELECT RAISE(ABORT, 'an issued edition never changes'); END;
CREATE TRIGGER guard_edition_sheet BEFORE UPDATE ON edition WHEN NEW.state = 'issued' AND NOT (EXISTS (SELECT 1 FROM issued WHERE edition_id = NEW.id) AND EXISTS (SELECT 1 FROM deed WHERE edition = NEW.uid AND deed IN ('issued', 'recorded'))) BEGIN SELECT RAISE(ABORT, 'an edition is issued with its sheet and its deed'); END;
CREATE TRIGGER guard_edition_delete BEFORE DELETE ON edition WHEN OLD.state = 'issued' AND NOT (OLD.recorded_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM import_item AS i JOIN import_batch AS b ON b.id = i.batch_id
    WHERE i.release_id = OLD.release_id AND b.undone_at IS NOT NULL)
    AND EXISTS (SELECT 1 FROM deed WHERE edition = OLD.uid AND deed IN ('undone'))) BEGIN SELECT RAISE(ABORT, 'an issued edition never changes'); END;
CREATE TRIGGER guard_edition_body_insert BEFORE INSERT ON edition_body WHEN EXISTS (SELECT 1 FROM edition WHERE id = NEW.edition_id AND state = 'issued') BEGIN SELECT RAISE(ABORT, 'an issued edition never changes'); END;
CREATE TRIGGER guard_edition_body_update BEFORE UPDATE ON edition_body WHEN NEW.edition_id IS NOT OLD.edition_id OR EXISTS (SELECT 1 FROM edition WHERE id = OLD.edition_id AND state = 'issued') BEGIN SELECT RAISE(ABORT, 'an issued edition never changes'); END;
CREATE TRIGGER guard_edition_body_delete BEFORE DELETE ON edition_body WHEN EXISTS (SELECT 1 FROM edition WHERE id = OLD.edition_id AND state = 'issued') BEGIN SELECT RAISE(ABORT, 'an issued edition never changes'); END;
CREATE TRIGGER guard_edition_contact_insert BEFORE INSERT ON edition_contact WHEN EXISTS (SELECT 1 FROM edition WHERE id = NEW.edition_id AND state = 'issued') BEGIN SELECT RAISE(ABORT, 'an issued edition never changes'); END;
CREATE TRIGGER guard_edition_contact_update BEFORE UPDATE ON edition_contact WHEN NEW.edition_id IS NOT OLD.edition_id OR EXISTS (SELECT 1 FROM edition WHERE id = OLD.edition_id AND state = 'issued') BEGIN SELECT RAISE(ABORT, 'an issued edition never changes'); END;
CREATE TRIGGER guard_edition_contact_delete BEFORE DELETE ON edition_contact WHEN EXISTS (SELECT 1 FROM edition WHERE id = OLD.edition_id AND state = 'issued') BEGIN SELECT RAISE(ABORT, 'an issued edition never changes'); END;
CREATE TRIGGER guard_draft_insert BEFORE INSERT ON draft WHEN EXISTS (SELECT 1 FROM edition WHERE id = NEW.edition_id AND state = 'issued') BEGIN SELECT RAISE(ABORT, 'an issued edition never changes'); END;
CREATE TRIGGER guard_revision_insert BEFORE INSERT ON revision WHEN EXISTS (SELECT 1 FROM revision WHERE id = NEW.id OR (edition_id = NEW.edition_id AND number = NEW.number) OR uid = NEW.uid) OR EXISTS (SELECT 1 FROM edition WHERE id = NEW.edition_id AND state = 'issued') BEGIN SELECT RAISE(ABORT, 'a revision never changes'); END;
CREATE TRIGGER guard_revision_update BEFORE UPDATE ON revision WHEN 1 BEGIN SELECT RAISE(ABORT, 'a revision never changes'); END;
CREATE TRIGGER guard_revision_delete BEFORE DELETE ON revision WHEN EXISTS (SELECT 1 FROM edition WHERE id = OLD.edition_id AND state = 'issued') BEGIN SELECT RAISE(ABORT, 'a revision never changes'); END;
CREATE TRIGGER guard_revision_base_insert BEFORE INSERT ON revision_base WHEN EXISTS (SELECT 1 FROM revision_base WHERE revision_id = NEW.revision_id) OR EXISTS (SELECT 1 FROM edition WHERE id = (SELECT edition_id FROM revision WHERE id = NEW.revision_id) AND state = 'issued') BEGIN SELECT RAISE(ABORT, 'what a revision is packed against never changes'); END;
CREATE TRIGGER guard_revision_base_update BEFORE UPDATE ON revision_base WHEN 1 BEGIN SELECT RAISE(ABORT, 'what a revision is packed against never changes'); END;
CREATE TRIGGER guard_revision_base_delete BEFORE DELETE ON revision_base WHEN EXISTS (SELECT 1 FROM revision WHERE id = OLD.revision_id) BEGIN SELECT RAISE(ABORT, 'what a revision is packed against never changes'); END;
CREATE TRIGGER guard_issued_insert BEFORE INSERT ON issued WHEN EXISTS (SELECT 1 FROM issued WHERE edition_id = NEW.edition_id) BEGIN SELECT RAISE(ABORT, 'an issued edition never changes'); END;
CREATE TRIGGER guard_issued_update BEFORE UPDATE ON issued WHEN 1 BEGIN SELECT RAISE(ABORT, 'an issued edition never changes'); END;
CREATE TRIGGER guard_issued_delete BEFORE DELETE ON issued WHEN EXISTS (SELECT 1 FROM edition WHERE id = OLD.edition_id AND state = 'issued') BEGIN SELECT RAISE(ABORT, 'an issued edition never changes'); END;
CREATE TRIGGER guard_import_batch_insert BEFORE INSERT ON import_batch WHEN EXISTS (SELECT 1 FROM import_batch WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'the original of an import is kept as it came'); END;
CREATE TRIGGER guard_import_batch_update BEFORE UPDATE ON import_batch WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.name IS NOT OLD.name OR NEW.sha256 IS NOT OLD.sha256 OR NEW.original IS NOT OLD.original BEGIN SELECT RAISE(ABORT, 'the original of an import is kept as it came'); END;
CREATE TRIGGER guard_import_batch_undone BEFORE UPDATE ON import_batch WHEN OLD.undone_at IS NOT NULL AND NEW.undone_at IS NOT OLD.undone_at BEGIN SELECT RAISE(ABORT, 'an import is undone once'); END;
CREATE TRIGGER guard_import_batch_delete BEFORE DELETE ON import_batch WHEN 1 BEGIN SELECT RAISE(ABORT, 'the original of an import is kept as it came'); END;
CREATE TRIGGER guard_import_item_insert BEFORE INSERT ON import_item WHEN EXISTS (SELECT 1 FROM edition WHERE release_id = NEW.release_id AND state = 'issued') BEGIN SELECT RAISE(ABORT, 'the original of an import is kept as it came'); END;
CREATE TRIGGER guard_import_item_update BEFORE UPDATE ON import_item WHEN 1 BEGIN SELECT RAISE(ABORT, 'the original of an import is kept as it came'); END;
CREATE TRIGGER guard_blob_insert BEFORE INSERT ON blob WHEN EXISTS (SELECT 1 FROM blob WHERE sha256 = NEW.sha256) BEGIN SELECT RAISE(ABORT, 'the bytes of an attachment never change'); END;
CREATE TRIGGER guard_blob_update BEFORE UPDATE ON blob WHEN 1 BEGIN SELECT RAISE(ABORT, 'the bytes of an attachment never change'); END;
CREATE TRIGGER guard_blob_delete BEFORE DELETE ON blob WHEN 1 BEGIN SELECT RAISE(ABORT, 'the bytes of an attachment never change'); END;
CREATE TRIGGER guard_deed_insert BEFORE INSERT ON deed WHEN NEW.number <> (SELECT COALESCE(MAX(number), -1) + 1 FROM deed WHERE book = NEW.book) BEGIN SELECT RAISE(ABORT, 'the register only grows'); END;
CREATE TRIGGER guard_deed_update BEFORE UPDATE ON deed WHEN NEW.book IS NOT OLD.book OR NEW.number IS NOT OLD.number OR NEW.deed IS NOT OLD.deed OR NEW.edition IS NOT OLD.edition OR NEW.noted IS NOT OLD.noted OR NEW.login IS NOT OLD.login OR NEW.size IS NOT OLD.size OR NEW.data IS NOT OLD.data OR (NEW.private IS NOT NULL AND NEW.private IS NOT OLD.private) BEGIN SELECT RAISE(ABORT, 'the register only grows'); END;
CREATE TRIGGER guard_deed_delete BEFORE DELETE ON deed WHEN 1 BEGIN SELECT RAISE(ABORT, 'the register only grows'); END;
CREATE TRIGGER guard_node_insert BEFORE INSERT ON node WHEN EXISTS (SELECT 1 FROM node WHERE book = NEW.book AND level = NEW.level AND place = NEW.place) BEGIN SELECT RAISE(ABORT, 'the register only grows'); END;
CREATE TRIGGER guard_node_update BEFORE UPDATE ON node WHEN 1 BEGIN SELECT RAISE(ABORT, 'the register only grows'); END;
CREATE TRIGGER guard_node_delete BEFORE DELETE ON node WHEN 1 BEGIN SELECT RAISE(ABORT, 'the register only grows'); END;
CREATE TRIGGER guard_counter_update BEFORE UPDATE ON counter WHEN NEW.year IS NOT OLD.year OR NEW.n < OLD.n BEGIN SELECT RAISE(ABORT, 'references only count upwards'); END;
CREATE TRIGGER guard_counter_delete BEFORE DELETE ON counter WHEN 1 BEGIN SELECT RAISE(ABORT, 'references only count upwards'); END;
