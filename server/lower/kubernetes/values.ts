import { baseName, directoryName } from '../../base/path.ts';
import type { Resource } from '../../model/resource.ts';
import type { MapValue } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import type { Sources } from '../../source/sources.ts';
import { dataValues } from '../data/values.ts';

const telling = /\b(?:privileged|hostNetwork|hostPID|hostIPC|allowPrivilegeEscalation|runAsUser|runAsNonRoot|capabilities|hostPath|repository|LoadBalancer|NodePort|tls|grafana\.ini|auth|auth_?[eE]nabled|anonymous|anonymous_?[aA]ccess|authenticator_class)\b|(?:[pP]assword|[sS]ecret_?[kK]ey)['"]?:/;

/** What a file says to Helm: values for a chart, what a chart needs, or what is installed from where; undefined for every other file. */
export function helmFile(text: string, path: string): 'helm_values' | 'helm_chart' | 'helmfile' | undefined {
  const name = baseName(path);
  if (/^values(?:[-._][\w.-]+)?\.ya?ml$/.test(name)) return telling.test(text) ? 'helm_values' : undefined;
  if (/^Chart\.ya?ml$/.test(name)) return text.includes('dependencies') ? 'helm_chart' : undefined;
  return /^helmfile(?:\.ya?ml|\.ya?ml\.gotmpl)?$/.test(name) ? 'helmfile' : undefined;
}

/** A file of Helm as one resource. The values of a chart whose templates stand beside are judged where these use them. */
export function lowerHelmFile(document: Document, sources: Sources): Resource[] {
  const type = helmFile(document.text, document.path);
  if (!type || (type === 'helm_values' && /^values\.ya?ml$/.test(baseName(document.path)) && sources.list(directoryName(document.path)).includes('templates/'))) return [];
  return dataValues(document).flatMap((value, index): Resource[] => (value.kind === 'map' && value.entries.size > 0 ? [resourceOf(type, value, `${type}#${index}`)] : []));
}

function resourceOf(type: string, map: MapValue, address: string): Resource {
  const name = map.entries.get('name')?.value;
  return {
    type, name: name?.kind === 'string' ? name.value : 'chart', address, dialect: 'kubernetes', origin: map.origin, header: [...map.entries.values()][0]!.keyOrigin,
    attributes: map.entries, complete: map.complete, companions: [], mode: 'managed',
  };
}
