import { lookIn, scalar, type MapValue, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

const { logging } = families;
const domain = (kind: string, enabled: string): string => `resource "aws_opensearch_domain" "vectors" {\n  log_publishing_options {\n    log_type                 = "${kind}"\n    enabled                  = ${enabled}\n`;
const end = '    cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:vectors"\n  }\n}\n';

/** The settings of a kind of log: keyed by the kind in CloudFormation, named by `log_type` elsewhere. Undefined where more may be there than is seen. */
function publishing(options: readonly Value[], kind: RegExp): readonly (readonly [Value, MapValue | undefined])[] | undefined {
  const found: (readonly [Value, MapValue | undefined])[] = [];
  for (const value of options.flatMap((one) => (one.kind === 'list' ? one.items : [one]))) {
    if (value.kind !== 'map' || !value.complete) return undefined;
    const named = value.entries.get('log_type')?.value;
    if (named) {
      if (named.kind !== 'string') return undefined;
      if (kind.test(named.value)) found.push([named, value]);
    } else for (const entry of value.entries.values()) if (kind.test(entry.key)) found.push([{ ...entry.value, at: entry.keyOrigin }, entry.value.kind === 'map' ? entry.value : undefined]);
  }
  return found;
}

const rows = [
  ['audit', 'AUDIT_LOGS', /^audit_logs$/i, 'low', 'who read and changed what'],
  ['error', 'ES_APPLICATION_LOGS', /^es_application_logs$/i, 'info', 'its errors'],
  ['slow', 'SEARCH_SLOW_LOGS', /^(?:search|index)_slow_logs$/i, 'info', 'slow queries'],
] as const;

export default rows.map(([name, kind, pattern, severity, what]) => objectRule({
  id: `monitoring/opensearch-without-${name}-log`, title: `Search domain that does not record ${what}`, severity, confidence: 'medium', types: ['aws_opensearch_domain', 'aws_elasticsearch_domain'], file: 'main.tf', references: logging.references, why: logging.why,
  what: `Reports domains of OpenSearch and Elasticsearch that publish no \`${kind}\`: there is none, it is switched off, or it goes to no log group.`, whenNotToUse: 'For domains that hold nothing of value.', noFix: 'A log group has to be made first.',
  check: (resource, tell) => {
    const own = resource.attributes.get('log_publishing_options');
    if (!own ? !resource.complete : own.value.kind === 'unknown') return;
    const found = publishing(own ? lookIn(mapOfResource(resource), 'log_publishing_options').values : [], pattern);
    if (!found) return;
    const message = `Search domain "${resource.name}" does not record ${what}.`;
    if (found.length === 0) tell(undefined, message);
    for (const [at, settings] of found) {
      const on = scalar(settings?.entries.get('enabled')?.value);
      const group = (settings?.entries.get('cloudwatch_log_group_arn') ?? settings?.entries.get('cloud_watch_logs_log_group_arn'))?.value;
      if (!settings || !settings.complete) continue;
      if (/^false$/i.test(String(on)) || !group || (scalar(group) !== undefined && !String(scalar(group)).startsWith('arn:'))) tell(at, message);
    }
  },
  bad: `${domain(kind, 'false').replace(`"${kind}"\n`, `"${kind}"\n${' '.repeat(32)}${'^'.repeat(kind.length)}\n`)}${end}`, good: `${domain(kind, 'true')}${end}`,
}));
