-- SPDX-License-Identifier: Apache-2.0
--
-- The rows that say which machine this is. psql variables: node (its name) and address.

BEGIN;
INSERT INTO infos VALUES (md5(:'node')::uuid::text);
INSERT INTO netiface (ifname, networktype, address, netmask, gateway, method)
VALUES ('eth0', 'voip', :'address', '255.255.255.0', regexp_replace(:'address', '\d+$', '1'), 'static');
INSERT INTO resolvconf (hostname, domain, nameserver1) VALUES (:'node', 'office.example', '127.0.0.11');
INSERT INTO mail (mydomain, origin, canonical) VALUES ('office.example', :'node' || '.office.example', '');
INSERT INTO provisioning (net4_ip, net4_ip_rest, username, password, rest_port, http_port)
VALUES (:'address', '127.0.0.1', 'admin', 'admin', 8666, 8667);
INSERT INTO session VALUES (md5(:'node' || 'session'), 1767600000, 1767686400, :'node', 'open on ' || :'node');
INSERT INTO stat_agent (name) VALUES ('agent of ' || :'node');
INSERT INTO stat_queue (name) VALUES ('queue of ' || :'node');
INSERT INTO stat_agent_periodic ("time", agent_id) VALUES ('2026-01-05 08:00', 1);
INSERT INTO stat_queue_periodic ("time", queue_id) VALUES ('2026-01-05 08:00', 1);
INSERT INTO stat_call_on_queue (callid, "time", status, queue_id, agent_id) VALUES ('1767600000.1', '2026-01-05 08:00', 'answered', 1, 1);
INSERT INTO queue_log ("time", callid, event, data1) VALUES ('2026-01-05 08:00:00.000000', 'NONE', 'QUEUESTART', :'node');
COMMIT;
