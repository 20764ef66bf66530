-- SPDX-License-Identifier: Apache-2.0
--
-- Fills the lab's database. psql variables: first and last (numbers of the users to make), node (the
-- node's name) and address. The image is made with a few users; the master gets the others at its
-- first boot, so that a replication has something to bring.

BEGIN;

-- What every installation has once: made with the first users.
SELECT :first = 1 AS new_installation \gset
\if :new_installation
INSERT INTO alembic_version VALUES ('16f4aa9e2b1c');
INSERT INTO general (timezone) VALUES ('Europe/Paris');
INSERT INTO entity (name, displayname) VALUES ('office', 'Office "Le Marais", 1er étage');
INSERT INTO "user" (login, passwd, meta, obj, entity_id) VALUES ('root', 'superpass', 'root', '', NULL), ('reception', 'welcome', 'admin', 'a:0:{}', 1);
INSERT INTO staticsip (filename, category, var_name, var_val)
VALUES ('sip.conf', 'general', 'minexpiry', '60'),
       ('sip.conf', 'general', 'maxexpiry', '3600'),
       ('sip.conf', 'general', 'defaultexpiry', '120'),
       ('sip.conf', 'general', 'bindport', '5060'),
       ('sip.conf', 'general', 'useragent', 'XiVO PBX'),
       ('sip.conf', 'general', 'localnet', NULL);
INSERT INTO dhcp (active, pool_start, pool_end) VALUES (0, '', '');
INSERT INTO monitoring (maintenance) VALUES (0);
INSERT INTO queue (name, musicclass, timeout, "queue-youarenext", retry, strategy, category)
SELECT 'queue' || n, 'default', 15, 'queue-youarenext', 5, 'ringall', 'queue' FROM generate_series(1, 10) n;
INSERT INTO queuefeatures (name, displayname, number, context, waitratio)
SELECT 'queue' || n, 'Queue ' || n, (3000 + n)::text, 'default', n / 3.0 FROM generate_series(1, 10) n;
\endif

-- Users with a line, a number and a voicemail; texts hold what breaks careless copying.
INSERT INTO voicemail (context, mailbox, password, fullname, email, volgain)
SELECT 'default', (10000 + n)::text, (n * 7 % 10000)::text, 'Zoë Müller ' || n, 'user' || n || '@office.example', n / 8.0
FROM generate_series(:first, :last) n;
INSERT INTO userfeatures (firstname, lastname, voicemailtype, voicemailid, description)
SELECT 'Zoë', 'O''Müller-' || n, 'asterisk', n, E'desk\t' || n || E'\nline two \\ of \\N and \\.'
FROM generate_series(:first, :last) n;
INSERT INTO usersip (name, secret, context, "call-limit", callerid, category, type)
SELECT 'line' || n, md5('secret' || n), 'default', 10, '"Zoë Müller ' || n || '" <' || 10000 + n || '>', 'user', 'friend'
FROM generate_series(:first, :last) n;
INSERT INTO linefeatures (protocol, protocolid, device, configregistrar, name, number, context, provisioningid)
SELECT 'sip', n, md5('device' || n), 'default', 'line' || n, (10000 + n)::text, 'default', 100000 + n
FROM generate_series(:first, :last) n;
INSERT INTO extensions (context, exten, type, typeval)
SELECT 'default', (10000 + n)::text, 'user', n::text FROM generate_series(:first, :last) n;
INSERT INTO user_line (user_id, line_id, extension_id, main_user, main_line)
SELECT n, n, n, true, true FROM generate_series(:first, :last) n;
INSERT INTO dialaction (event, category, categoryval, action, actionarg1)
SELECT event, 'user', n::text, 'voicemail', n::text
FROM generate_series(:first, :last) n, unnest(ARRAY['noanswer', 'busy']::dialaction_event[]) event;

-- Every tenth user is an agent, logged in, and a member of a queue.
INSERT INTO agentfeatures (id, numgroup, firstname, lastname, number, passwd, context, description)
SELECT n, 1, 'Zoë', 'Müller-' || n, (8000 + n)::text, '', 'default', '' FROM generate_series(:first, :last) n WHERE n % 10 = 0;
SELECT setval('agentfeatures_id_seq', greatest(1, (SELECT max(id) FROM agentfeatures)));
INSERT INTO agent_login_status (agent_id, agent_number, extension, context, interface, state_interface, login_at)
SELECT n, (8000 + n)::text, (10000 + n)::text, 'default', 'Local/id-' || n || '@agentcallback', 'SIP/line' || n, '2026-01-05 08:00'
FROM generate_series(:first, :last) n WHERE n % 10 = 0;
INSERT INTO queuemember (queue_name, interface, usertype, userid, channel, category)
SELECT 'queue' || 1 + n / 10 % 10, 'Local/id-' || n || '@agentcallback', 'agent', n, 'Agent', 'queue'
FROM generate_series(:first, :last) n WHERE n % 10 = 0;

-- The call records of each user.
INSERT INTO call_log (date, source_name, source_exten, destination_exten, duration, answered)
SELECT timestamp '2026-01-05 08:00' + n * interval '1 minute', 'Zoë', (10000 + n)::text, '600', n % 300 * interval '1 second', n % 7 > 0
FROM generate_series(:first, :last) n;
INSERT INTO cel (eventtype, eventtime, cid_name, cid_num, exten, context, channame, appname, uniqueid, linkedid)
SELECT event, timestamp '2026-01-05 08:00' + n * interval '1 minute', 'Zoë', (10000 + n)::text, '600', 'default', 'SIP/line' || n, '', '1767600000.' || n, '1767600000.' || n
FROM generate_series(:first, :last) n, unnest(ARRAY['CHAN_START', 'ANSWER', 'HANGUP', 'CHAN_END', 'LINKEDID_END']) event;
INSERT INTO queue_log ("time", callid, queuename, agent, event)
SELECT '2026-01-05 08:00:00.' || lpad(n::text, 6, '0'), '1767600000.' || n, 'NONE', 'Local/id-' || n || '@agentcallback', 'PAUSEALL'
FROM generate_series(:first, :last) n WHERE n % 10 = 0;
COMMIT;
