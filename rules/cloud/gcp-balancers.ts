import { lookIn, type Resource, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

const { transit, retention } = families;

/** The resource that a value refers to, or that is a part of its text. */
function referred(value: Value | undefined, unit: { readonly byAddress: ReadonlyMap<string, Resource> }): Resource | undefined {
  const [target, more] = value?.kind === 'reference' ? [value.target] : value?.kind === 'unknown' ? (value.refers ?? []) : [];
  return target === undefined || more !== undefined ? undefined : unit.byAddress.get(target);
}

const proxy = (map: string, mark: boolean): string =>
  [
    'resource "google_compute_target_http_proxy" "web" {',
    '  name    = "web"',
    '  url_map = google_compute_url_map.web.id',
    ...(mark ? ['            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^'] : []),
    '}',
    'resource "google_compute_url_map" "web" {',
    '  name = "web"',
    map,
    '}',
    '',
  ].join('\n');

const sink = (lines: readonly string[], mark: boolean): string =>
  [
    'resource "google_storage_bucket" "logs" {',
    ...(mark ? ['                                  ^^^^'] : []),
    '  name = "clinic-logs"',
    ...lines,
    '}',
    'resource "google_logging_project_sink" "all" {',
    '  name        = "all"',
    '  destination = "storage.googleapis.com/${google_storage_bucket.logs.name}"',
    '}',
    '',
  ].join('\n');

export default [
  objectRule({
    id: 'transport/gcp-proxy-without-redirect',
    title: 'Load balancer that serves plain HTTP',
    severity: 'low',
    confidence: 'medium',
    types: ['google_compute_target_http_proxy'],
    file: 'main.tf',
    what: 'Reports HTTP proxies of load balancers whose map sends requests to a backend instead of redirecting them to HTTPS.',
    why: transit.why,
    references: transit.references,
    noFix: 'The map needs a `default_url_redirect` with `https_redirect`, and another proxy has to serve HTTPS.',
    whenNotToUse: 'For load balancers within a network.',
    check: (resource, tell, { unit }) => {
      const map = resource.attributes.get('url_map')?.value;
      const target = referred(map, unit);
      if (target?.type !== 'google_compute_url_map' || !target.complete) return;
      const backend = lookIn(mapOfResource(target), 'default_service').values;
      if (backend.length > 0 && backend[0]!.kind !== 'null' && !target.attributes.has('default_url_redirect')) tell(map, `Proxy "${resource.name}" serves plain HTTP.`);
    },
    bad: proxy('  default_service = google_compute_backend_service.web.id', true),
    good: proxy('  default_url_redirect {\n    https_redirect = true\n    strip_query    = false\n  }', false),
  }),
  objectRule({
    id: 'monitoring/log-storage-unlocked',
    title: 'Bucket for logs without a locked retention',
    severity: 'low',
    confidence: 'medium',
    types: ['google_logging_project_sink', 'google_logging_folder_sink', 'google_logging_organization_sink', 'google_logging_billing_account_sink'],
    file: 'main.tf',
    what: 'Reports buckets that a log sink writes to and whose objects may be deleted at any time: no `retention_policy`, or one that is not locked.',
    why: 'Whoever covers up an intrusion deletes its traces first.',
    references: retention.references,
    noFix: 'How long logs are kept has to be decided; a lock cannot be taken back.',
    whenNotToUse: 'Where logs are kept elsewhere too.',
    check: (resource, tell, { unit }) => {
      const bucket = referred(resource.attributes.get('destination')?.value, unit);
      if (bucket?.type !== 'google_storage_bucket' || !bucket.complete) return;
      const locked = lookIn(mapOfResource(bucket), 'retention_policy.is_locked');
      if (locked.unknown || locked.values.some((value) => value.kind !== 'boolean' || value.value)) return;
      const at = { ...(resource.attributes.get('destination')!.value), at: bucket.header };
      tell(at, `Logs in bucket "${bucket.name}" can be deleted.`);
    },
    bad: sink([], true),
    good: sink(['  retention_policy {', '    is_locked        = true', '    retention_period = 31536000', '  }'], false),
  }),
];
