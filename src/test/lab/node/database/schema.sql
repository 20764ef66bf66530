-- SPDX-License-Identifier: Apache-2.0
--
-- A XiVO-like database of the lab's own making: the names of the tables and columns that high
-- availability touches are the real ones, the columns that nothing looks at are left out.
-- Run in the database asterisk as its owner, the role asterisk.

CREATE TYPE trunk_protocol AS ENUM ('sip', 'iax', 'sccp', 'custom');
CREATE TYPE generic_bsfilter AS ENUM ('no', 'boss', 'secretary');
CREATE TYPE userfeatures_voicemailtype AS ENUM ('asterisk', 'exchange');
CREATE TYPE useriax_type AS ENUM ('friend', 'peer', 'user');
CREATE TYPE useriax_category AS ENUM ('user', 'trunk');
CREATE TYPE extenumbers_type AS ENUM ('extenfeatures', 'group', 'incall', 'queue', 'user');
CREATE TYPE dialaction_category AS ENUM ('group', 'incall', 'queue', 'user');
CREATE TYPE dialaction_action AS ENUM ('none', 'endcall:hangup', 'user', 'queue', 'voicemail', 'custom');
CREATE TYPE dialaction_event AS ENUM ('answer', 'noanswer', 'congestion', 'busy', 'chanunavail');
CREATE TYPE queue_category AS ENUM ('group', 'queue');
CREATE TYPE queuemember_usertype AS ENUM ('agent', 'user');
CREATE TYPE call_exit_type AS ENUM ('full', 'closed', 'joinempty', 'leaveempty', 'answered', 'abandoned', 'timeout');
CREATE TYPE netiface_networktype AS ENUM ('data', 'voip');
CREATE TYPE netiface_method AS ENUM ('static', 'dhcp', 'manual');
CREATE TYPE user_meta AS ENUM ('user', 'admin', 'root');

-- About the installation itself.
CREATE TABLE alembic_version (version_num varchar(32) NOT NULL);
CREATE TABLE infos (uuid varchar(38) PRIMARY KEY);
CREATE TABLE general (id serial PRIMARY KEY, timezone varchar(128), dundi integer DEFAULT 0 NOT NULL);
CREATE TABLE entity (id serial PRIMARY KEY, name varchar(64) NOT NULL UNIQUE, displayname varchar(128) NOT NULL);
CREATE TABLE "user" (
    id serial PRIMARY KEY,
    login varchar(64) DEFAULT '' NOT NULL,
    passwd varchar(64) DEFAULT '' NOT NULL,
    meta user_meta DEFAULT 'user' NOT NULL,
    valid integer DEFAULT 1 NOT NULL,
    "time" integer DEFAULT 0 NOT NULL,
    obj text NOT NULL,
    entity_id integer REFERENCES entity (id) ON DELETE RESTRICT
);
CREATE TABLE provisioning (
    id serial PRIMARY KEY,
    net4_ip varchar(39) NOT NULL,
    net4_ip_rest varchar(39) NOT NULL,
    username varchar(32) NOT NULL,
    password varchar(32) NOT NULL,
    dhcp_integration integer DEFAULT 0 NOT NULL,
    rest_port integer NOT NULL,
    http_port integer NOT NULL
);
CREATE TABLE staticsip (
    id serial PRIMARY KEY,
    cat_metric integer DEFAULT 0 NOT NULL,
    var_metric integer DEFAULT 0 NOT NULL,
    commented integer DEFAULT 0 NOT NULL,
    filename varchar(128) NOT NULL,
    category varchar(128) NOT NULL,
    var_name varchar(128) NOT NULL,
    var_val varchar(255)
);
CREATE INDEX staticsip__idx__category ON staticsip (category);

-- About this machine only: replication leaves these alone.
CREATE TABLE netiface (
    id serial PRIMARY KEY,
    ifname varchar(64) DEFAULT '' NOT NULL UNIQUE,
    networktype netiface_networktype NOT NULL,
    address varchar(39),
    netmask varchar(39),
    gateway varchar(39),
    method netiface_method,
    options text DEFAULT '' NOT NULL
);
CREATE TABLE resolvconf (
    id serial PRIMARY KEY,
    hostname varchar(63) DEFAULT 'xivo' NOT NULL UNIQUE,
    domain varchar(255) DEFAULT '' NOT NULL,
    nameserver1 varchar(255),
    search varchar(255)
);
CREATE TABLE mail (
    id serial PRIMARY KEY,
    mydomain varchar(255) DEFAULT '0' NOT NULL,
    origin varchar(255) NOT NULL UNIQUE,
    relayhost varchar(255),
    canonical text NOT NULL
);
CREATE TABLE monitoring (
    id serial PRIMARY KEY,
    maintenance integer DEFAULT 0 NOT NULL,
    alert_emails varchar(4096),
    max_call_duration integer
);
CREATE TABLE dhcp (
    id serial PRIMARY KEY,
    active integer DEFAULT 0 NOT NULL,
    pool_start varchar(64) DEFAULT '' NOT NULL,
    pool_end varchar(64) DEFAULT '' NOT NULL,
    extra_ifaces varchar(255) DEFAULT '' NOT NULL
);
CREATE TABLE session (
    sessid char(32) PRIMARY KEY,
    start integer NOT NULL,
    expire integer NOT NULL,
    identifier varchar(255) NOT NULL,
    data text NOT NULL
);

-- Users, their lines and numbers.
CREATE TABLE voicemail (
    uniqueid serial PRIMARY KEY,
    context varchar(39) NOT NULL,
    mailbox varchar(40) NOT NULL,
    password varchar(80) DEFAULT '' NOT NULL,
    fullname varchar(80) DEFAULT '' NOT NULL,
    email varchar(80),
    volgain double precision,
    commented integer DEFAULT 0 NOT NULL,
    UNIQUE (mailbox, context)
);
CREATE TABLE userfeatures (
    id serial PRIMARY KEY,
    firstname varchar(128) DEFAULT '' NOT NULL,
    lastname varchar(128) DEFAULT '' NOT NULL,
    voicemailtype userfeatures_voicemailtype,
    voicemailid integer REFERENCES voicemail (uniqueid),
    ringseconds integer DEFAULT 30 NOT NULL,
    simultcalls integer DEFAULT 5 NOT NULL,
    enablednd integer DEFAULT 0 NOT NULL,
    enableunc integer DEFAULT 0 NOT NULL,
    destunc varchar(128) DEFAULT '' NOT NULL,
    bsfilter generic_bsfilter DEFAULT 'no' NOT NULL,
    commented integer DEFAULT 0 NOT NULL,
    description text DEFAULT '' NOT NULL
);
CREATE INDEX userfeatures__idx__lastname ON userfeatures (lastname);
CREATE TABLE usersip (
    id serial PRIMARY KEY,
    name varchar(40) NOT NULL UNIQUE,
    secret varchar(80) DEFAULT '' NOT NULL,
    context varchar(39),
    "call-limit" integer DEFAULT 0 NOT NULL,
    callerid varchar(160),
    host varchar(255) DEFAULT 'dynamic' NOT NULL,
    ipaddr varchar(255) DEFAULT '' NOT NULL,
    regseconds integer DEFAULT 0 NOT NULL,
    category useriax_category NOT NULL,
    type useriax_type NOT NULL,
    protocol trunk_protocol DEFAULT 'sip' NOT NULL,
    "session-expires" integer,
    commented integer DEFAULT 0 NOT NULL
);
CREATE TABLE linefeatures (
    id serial PRIMARY KEY,
    protocol trunk_protocol NOT NULL,
    protocolid integer NOT NULL,
    device varchar(32),
    configregistrar varchar(128),
    name varchar(128) NOT NULL UNIQUE,
    number varchar(40),
    context varchar(39) NOT NULL,
    provisioningid integer NOT NULL,
    num integer DEFAULT 0,
    commented integer DEFAULT 0 NOT NULL,
    UNIQUE (protocol, protocolid)
);
CREATE TABLE extensions (
    id serial PRIMARY KEY,
    commented integer DEFAULT 0 NOT NULL,
    context varchar(39) DEFAULT '' NOT NULL,
    exten varchar(40) DEFAULT '' NOT NULL,
    type extenumbers_type NOT NULL,
    typeval varchar(255) DEFAULT '' NOT NULL,
    UNIQUE (exten, context)
);
CREATE TABLE user_line (
    id serial PRIMARY KEY,
    user_id integer REFERENCES userfeatures (id),
    line_id integer NOT NULL REFERENCES linefeatures (id),
    extension_id integer REFERENCES extensions (id),
    main_user boolean NOT NULL,
    main_line boolean NOT NULL,
    CHECK (main_user OR user_id IS NOT NULL)
);
CREATE TABLE dialaction (
    event dialaction_event NOT NULL,
    category dialaction_category NOT NULL,
    categoryval varchar(128) DEFAULT '' NOT NULL,
    action dialaction_action NOT NULL,
    actionarg1 varchar(255),
    actionarg2 varchar(255),
    linked integer DEFAULT 0 NOT NULL,
    PRIMARY KEY (event, category, categoryval)
);

-- Queues and agents.
CREATE TABLE queue (
    name varchar(128) PRIMARY KEY,
    musicclass varchar(128),
    timeout integer DEFAULT 0,
    "queue-youarenext" varchar(128),
    retry integer,
    strategy varchar(11),
    commented integer DEFAULT 0 NOT NULL,
    category queue_category NOT NULL
);
CREATE TABLE queuefeatures (
    id serial PRIMARY KEY,
    name varchar(128) NOT NULL UNIQUE,
    displayname varchar(128) NOT NULL,
    number varchar(40) DEFAULT '' NOT NULL,
    context varchar(39),
    waittime integer,
    waitratio double precision
);
CREATE TABLE queuemember (
    queue_name varchar(128) NOT NULL,
    interface varchar(128) NOT NULL,
    penalty integer DEFAULT 0 NOT NULL,
    commented integer DEFAULT 0 NOT NULL,
    usertype queuemember_usertype NOT NULL,
    userid integer NOT NULL,
    channel varchar(25) NOT NULL,
    category queue_category NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    PRIMARY KEY (queue_name, interface)
);
CREATE TABLE agentfeatures (
    id serial PRIMARY KEY,
    numgroup integer NOT NULL,
    firstname varchar(128) DEFAULT '' NOT NULL,
    lastname varchar(128) DEFAULT '' NOT NULL,
    number varchar(40) NOT NULL UNIQUE,
    passwd varchar(128) NOT NULL,
    context varchar(39) NOT NULL,
    "group" varchar(255),
    description text NOT NULL
);
CREATE TABLE agent_login_status (
    agent_id integer PRIMARY KEY,
    agent_number varchar(40) NOT NULL,
    extension varchar(80) NOT NULL,
    context varchar(80) NOT NULL,
    interface varchar(128) NOT NULL UNIQUE,
    state_interface varchar(128) NOT NULL,
    login_at timestamp DEFAULT now() NOT NULL,
    UNIQUE (extension, context)
);

-- What each node writes for itself while it serves: replication leaves these alone.
CREATE TABLE call_log (
    id serial PRIMARY KEY,
    date timestamp NOT NULL,
    source_name varchar(255),
    source_exten varchar(255),
    destination_exten varchar(255),
    duration interval NOT NULL,
    answered boolean
);
CREATE TABLE cel (
    id serial PRIMARY KEY,
    eventtype varchar(30) NOT NULL,
    eventtime timestamp NOT NULL,
    cid_name varchar(80) NOT NULL,
    cid_num varchar(80) NOT NULL,
    exten varchar(80) NOT NULL,
    context varchar(80) NOT NULL,
    channame varchar(80) NOT NULL,
    appname varchar(80) NOT NULL,
    uniqueid varchar(150) NOT NULL,
    linkedid varchar(150) NOT NULL,
    call_log_id integer REFERENCES call_log (id) ON DELETE SET NULL
);
CREATE INDEX cel__idx__linkedid ON cel (linkedid);
-- The time really is text.
CREATE TABLE queue_log (
    id serial PRIMARY KEY,
    "time" varchar(26) DEFAULT '' NOT NULL,
    callid varchar(32) DEFAULT '' NOT NULL,
    queuename varchar(50) DEFAULT '' NOT NULL,
    agent varchar(50) DEFAULT '' NOT NULL,
    event varchar(20) DEFAULT '' NOT NULL,
    data1 varchar(30) DEFAULT '',
    data2 varchar(30) DEFAULT '',
    data3 varchar(30) DEFAULT ''
);
CREATE TABLE stat_agent (id serial PRIMARY KEY, name varchar(128) NOT NULL);
CREATE TABLE stat_queue (id serial PRIMARY KEY, name varchar(128) NOT NULL);
CREATE TABLE stat_agent_periodic (
    id serial PRIMARY KEY,
    "time" timestamp NOT NULL,
    login_time interval DEFAULT '0' NOT NULL,
    agent_id integer REFERENCES stat_agent (id)
);
CREATE TABLE stat_queue_periodic (
    id serial PRIMARY KEY,
    "time" timestamp NOT NULL,
    answered integer DEFAULT 0 NOT NULL,
    "full" integer DEFAULT 0 NOT NULL,
    queue_id integer REFERENCES stat_queue (id)
);
CREATE TABLE stat_call_on_queue (
    id serial PRIMARY KEY,
    callid varchar(32) NOT NULL,
    "time" timestamp NOT NULL,
    waittime integer DEFAULT 0 NOT NULL,
    status call_exit_type NOT NULL,
    queue_id integer REFERENCES stat_queue (id),
    agent_id integer REFERENCES stat_agent (id)
);

-- An agent who pauses everywhere is logged by name of the interface; reports want the agent.
CREATE FUNCTION set_agent_on_pauseall() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.agent := coalesce(
        (SELECT 'Agent/' || number FROM agentfeatures WHERE 'Local/id-' || id = split_part(NEW.agent, '@', 1)),
        NEW.agent);
    RETURN NEW;
END
$$;
CREATE TRIGGER change_queue_log_agent BEFORE INSERT ON queue_log
    FOR EACH ROW WHEN (NEW.event IN ('PAUSEALL', 'UNPAUSEALL'))
    EXECUTE PROCEDURE set_agent_on_pauseall();
