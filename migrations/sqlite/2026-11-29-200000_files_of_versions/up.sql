-- The files that a published version shows. What is there stays, also when the file is taken away from the need later: whoever
-- read the version can still read them.
DROP INDEX attachments_need;
CREATE UNIQUE INDEX attachments_need ON attachments (need_id, id);
CREATE TABLE version_attachments (
    need_id        BLOB NOT NULL,
    version        INTEGER NOT NULL,
    attachment_id  BLOB NOT NULL,
    PRIMARY KEY (need_id, version, attachment_id),
    FOREIGN KEY (need_id, version) REFERENCES need_versions (need_id, version),
    FOREIGN KEY (need_id, attachment_id) REFERENCES attachments (need_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_attachments_attachment ON version_attachments (attachment_id);

-- Until now files came and went without a new version: each version gets those that everybody could read while it was the one in
-- force. What came while the need was withdrawn belongs to the version that was published after that.
INSERT INTO version_attachments (need_id, version, attachment_id)
SELECT v.need_id, v.version, a.id
FROM need_versions AS v JOIN attachments AS a ON a.need_id = v.need_id
WHERE a.response_id IS NULL
  AND (a.removed_at IS NULL OR a.removed_at > v.published_at)
  AND NOT EXISTS (SELECT 1 FROM need_versions AS later
                  WHERE later.need_id = v.need_id AND later.version > v.version AND later.published_at <= a.created_at)
  AND NOT EXISTS (SELECT 1 FROM events AS e
                  WHERE e.need_id = v.need_id AND e.name = 'need-withdrawn'
                    AND e.at >= v.published_at AND e.at <= a.created_at);
