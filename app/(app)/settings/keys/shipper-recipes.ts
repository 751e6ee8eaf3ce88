/** Where a shipper sends, and the key it sends with. */
export type ShipperTarget = { baseUrl: string; secret: string }

type Place = { url: string; host: string; port: string; isTls: boolean; secret: string }

/** What one shipper's configuration has to say. The guide in docs/guides/shippers.md shows the same texts. */
export type ShipperRecipe = { id: string; name: string; file: string; text: string }

/** Placeholders of the guide, and of the page while no key was made. */
export const EXAMPLE_TARGET: ShipperTarget = {
  baseUrl: 'https://cordon.example.org',
  secret: 'cordon_YOUR_KEY',
}

/** A configuration to copy for each shipper. */
export function shipperRecipes({ baseUrl, secret }: ShipperTarget): ShipperRecipe[] {
  const { protocol, hostname, port, href } = new URL(baseUrl)
  const isTls = protocol === 'https:'
  const place: Place = {
    url: href.replace(/\/+$/, ''),
    host: hostname,
    port: port || (isTls ? '443' : '80'),
    isTls,
    secret,
  }
  return RECIPES.map(({ text, ...recipe }) => ({ ...recipe, text: text(place) }))
}

const CHANNELS = [
  'Microsoft-Windows-Sysmon/Operational',
  'Security',
  'Microsoft-Windows-AppLocker/EXE and DLL',
  'Microsoft-Windows-AppLocker/MSI and Script',
  'Microsoft-Windows-CodeIntegrity/Operational',
  'Microsoft-Windows-Windows Defender/Operational',
]

const winlogbeat = ({ host, port, isTls, secret }: Place) => `winlogbeat.event_logs:
  - name: Microsoft-Windows-Sysmon/Operational
  - name: Security
    event_id: 4688, 5156, 5157
${CHANNELS.slice(2)
  .map((name) => `  - name: ${name}`)
  .join('\n')}
  # on a collector of Windows Event Forwarding, in place of all of these:
  # - name: ForwardedEvents

setup.ilm.enabled: false
setup.template.enabled: false

output.elasticsearch:
  hosts: ["${isTls ? 'https' : 'http'}://${host}:${port}"]
  path: /api/ingest/elasticsearch
  api_key: "cordon:${secret}"
  compression_level: 5`

const vector = ({ url, secret }: Place) => `[sinks.cordon]
type = "elasticsearch"
inputs = ["windows_events"]
endpoints = ["${url}/api/ingest/elasticsearch"]
api_version = "v8"
mode = "bulk"
bulk.action = "create"
bulk.index = "cordon"
compression = "gzip"
auth.strategy = "basic"
auth.user = "cordon"
auth.password = "${secret}"`

const fluentBit = ({ host, port, isTls, secret }: Place) => `[INPUT]
    Name                 winevtlog
    Channels             Microsoft-Windows-Sysmon/Operational,Security
    Render_Event_As_XML  On
    DB                   C:\\ProgramData\\fluent-bit\\cordon.sqlite

[OUTPUT]
    Name                es
    Match               *
    Host                ${host}
    Port                ${port}
    Path                /api/ingest/elasticsearch
    HTTP_User           cordon
    HTTP_Passwd         ${secret}
    tls                 ${isTls ? 'On' : 'Off'}
    Index               cordon
    Write_Operation     create
    Suppress_Type_Name  On
    Compress            gzip
    Buffer_Size         False
    Retry_Limit         no_limits`

const rsyslog = ({ host, port, isTls, secret }: Place) => `global(maxMessageSize="256k")
module(load="omelasticsearch")
# the message is the event: JSON as nxlog or winlogbeat print it
template(name="event" type="string" string="%msg%")
action(type="omelasticsearch" template="event"
  server="${isTls ? 'https' : 'http'}://${host}" serverport="${port}" usehttps="${isTls ? 'on' : 'off'}"
  uid="cordon" pwd="${secret}"
  searchIndex="cordon" searchType="" bulkmode="on" maxbytes="10m"
  errorfile="/var/log/rsyslog-cordon-refused.json" erroronly="on"
  action.resumeRetryCount="-1"
  queue.type="linkedList" queue.filename="cordon" queue.saveOnShutdown="on" queue.dequeueBatchSize="1000")`

const syslogNg = ({ url, secret }: Place) => `@include "scl.conf"
destination d_cordon {
  elasticsearch-http(
    url("${url}/_bulk") index("cordon") type("")
    user("cordon") password("${secret}")
    # the message is the event: JSON as nxlog or winlogbeat print it
    template("\${MESSAGE}")
    batch-lines(1000) batch-bytes(8388608) batch-timeout(2000) timeout(60)
    disk-buffer(reliable(yes) mem-buf-size(67108864) disk-buf-size(1073741824))
  );
};`

const logstash = ({ host, port, isTls, secret }: Place) => `output {
  elasticsearch {
    hosts => ["${isTls ? 'https' : 'http'}://${host}:${port}"]
    path => "/api/ingest/elasticsearch"
    user => "cordon"
    password => "${secret}"
    index => "cordon"
    action => "create"
    data_stream => false
    manage_template => false
    ilm_enabled => false
  }
}`

const splunkHec = ({ url, secret }: Place) => `receivers:
  windowseventlog/sysmon: { channel: Microsoft-Windows-Sysmon/Operational, raw: true }
  windowseventlog/security: { channel: Security, raw: true }
exporters:
  splunk_hec/cordon:
    endpoint: "${url}/services/collector"
    token: "${secret}"
    sending_queue: { enabled: true }
    retry_on_failure: { enabled: true, max_elapsed_time: 0 }
service:
  pipelines:
    logs/cordon:
      receivers: [windowseventlog/sysmon, windowseventlog/security]
      exporters: [splunk_hec/cordon]`

const nxlog = ({ url, secret }: Place) => `<Extension json>
    Module  xm_json
</Extension>

<Input windows>
    Module  im_msvistalog
    <QueryXML>
        <QueryList>
            <Query Id="0">
                <Select Path="Microsoft-Windows-Sysmon/Operational">*</Select>
                <Select Path="Security">*[System[(EventID=4688)]]</Select>
            </Query>
        </QueryList>
    </QueryXML>
    Exec    to_json();
</Input>

<Output cordon>
    Module                 om_elasticsearch
    URL                    ${url}/_bulk
    Index                  "cordon"
    HTTPBasicAuthUser      cordon
    HTTPBasicAuthPassword  ${secret}
</Output>

<Route cordon>
    Path    windows => cordon
</Route>`

const osquery = ({ host, port, isTls, secret }: Place) => `[INPUT]
    Name    tail
    Path    C:\\Program Files\\osquery\\log\\osqueryd.results.log
    Parser  json
    DB      C:\\ProgramData\\fluent-bit\\osquery.sqlite

[OUTPUT]
    Name           http
    Match          *
    Host           ${host}
    Port           ${port}
    URI            /api/ingest/v1/events
    Header         Authorization Bearer ${secret}
    Format         json_lines
    json_date_key  false
    Compress       gzip
    tls            ${isTls ? 'On' : 'Off'}
    Retry_Limit    no_limits`

const curl = ({ url, secret }: Place) => `curl --fail-with-body --retry 5 \\
  -H "Authorization: Bearer ${secret}" -H "Content-Encoding: gzip" \\
  --data-binary @events.ndjson.gz ${url}/api/ingest/v1/events`

const RECIPES: readonly (Omit<ShipperRecipe, 'text'> & { text: (place: Place) => string })[] = [
  { id: 'winlogbeat', name: 'Winlogbeat', file: 'winlogbeat.yml', text: winlogbeat },
  { id: 'fluent-bit', name: 'Fluent Bit', file: 'fluent-bit.conf', text: fluentBit },
  { id: 'vector', name: 'Vector', file: 'vector.toml', text: vector },
  { id: 'logstash', name: 'Logstash', file: 'cordon.conf', text: logstash },
  { id: 'nxlog', name: 'NXLog Enterprise', file: 'nxlog.conf', text: nxlog },
  { id: 'rsyslog', name: 'rsyslog', file: 'rsyslog.d/cordon.conf', text: rsyslog },
  { id: 'syslog-ng', name: 'syslog-ng', file: 'syslog-ng/conf.d/cordon.conf', text: syslogNg },
  { id: 'opentelemetry', name: 'Splunk OpenTelemetry Collector (HEC)', file: 'config.yaml', text: splunkHec },
  { id: 'osquery', name: 'osquery, by Fluent Bit', file: 'fluent-bit.conf', text: osquery },
  { id: 'curl', name: 'curl', file: 'a shell', text: curl },
]
