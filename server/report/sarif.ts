import type { Severity } from '../model/finding.ts';
import { categoryOf, type Rule } from '../rule/rule.ts';
import { referencesOf } from '../rule/references.ts';
import { documentationUri } from '../rule/documentation.ts';
import type { Place } from '../engine/place.ts';
import type { ReportedFinding, ScanResult } from './result.ts';

const level: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note' };
/** GitHub's scale: above 9.0 critical, 7.0 high, 4.0 medium, below that low. */
const securitySeverity: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0', info: '1.0' };
const precision = { high: 'very-high', medium: 'high', low: 'medium' } as const;

/** SARIF 2.1.0 as GitHub code scanning wants it: relative URIs, rule metadata, fingerprints, fixes, code flows. */
export function sarif(result: ScanResult): string {
  const used = [...new Map(result.findings.map((one) => [one.rule.id, one.rule])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const index = new Map(used.map((rule, at) => [rule.id, at]));
  return `${JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'Wardline', semanticVersion: result.version, informationUri: 'https://github.com/wardline/wardline', rules: used.map(ruleOf) } },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The folder that was scanned.' } } },
      invocations: [{
        executionSuccessful: true,
        ...(result.problems.length > 0 ? { toolConfigurationNotifications: result.problems.map((one) => ({ descriptor: { id: one.code }, level: one.severity === 'info' ? 'note' : one.severity, message: { text: one.message }, locations: [locationOf(one.place)] })) } : {}),
        ...(result.notes.length > 0 ? { toolExecutionNotifications: result.notes.map((note) => ({ level: 'note', message: { text: `${note.path}: ${note.message}` } })) } : {}),
      }],
      results: result.findings.map((one) => resultOf(one, index.get(one.rule.id)!, result)),
    }],
  }, undefined, 1)}\n`;
}

function ruleOf(rule: Rule) {
  const references = referencesOf(rule);
  const cwe = references.filter((one) => one.id.startsWith('CWE-'));
  return {
    id: rule.id,
    name: rule.id.split('/')[1]!.split('-').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(''),
    shortDescription: { text: `${rule.title}.` },
    fullDescription: { text: rule.what },
    help: { text: `${rule.what}\n\n${rule.why}\n\n${rule.whenNotToUse}`, markdown: `${rule.what}\n\n**Why** ${rule.why}\n\n**When not to use it** ${rule.whenNotToUse}` },
    helpUri: documentationUri(rule.id),
    defaultConfiguration: { level: level[rule.severity] },
    properties: {
      category: categoryOf(rule.id),
      tags: ['security', categoryOf(rule.id), ...cwe.map((one) => `external/cwe/${one.id.toLowerCase()}`), ...(rule.tags ?? [])].slice(0, 20),
      'security-severity': securitySeverity[rule.severity],
      precision: precision[rule.confidence],
      'problem.severity': level[rule.severity] === 'note' ? 'recommendation' : level[rule.severity],
      references: references.map((one) => one.label),
    },
  };
}

function resultOf(one: ReportedFinding, ruleIndex: number, result: ScanResult) {
  const { finding, place } = one;
  return {
    ruleId: one.rule.id,
    ruleIndex,
    level: level[finding.severity],
    message: { text: finding.message },
    locations: [locationOf(place)],
    ...(result.withBaseline ? { baselineState: one.status === 'baselined' ? 'unchanged' : 'new' } : {}),
    ...(one.suppression ? { suppressions: [{ kind: one.suppression.kind === 'comment' ? 'inSource' : 'external', status: 'accepted', ...(one.suppression.reason ? { justification: one.suppression.reason } : {}) }] } : {}),
    partialFingerprints: { 'wardline/v1': one.fingerprint },
    ...(!finding.flow && one.related.length > 0 ? { relatedLocations: one.related.map((step, id) => ({ id, ...locationOf(step.place), message: { text: step.message } })) } : {}),
    ...(finding.flow && one.related.length > 0
      ? { codeFlows: [{ threadFlows: [{ locations: one.related.map((step) => ({ location: { ...locationOf(step.place), message: { text: step.message } } })) }] }] }
      : {}),
    ...(one.fix ? { fixes: [fixOf(one.fix)] } : {}),
    properties: {
      category: categoryOf(one.rule.id),
      severity: finding.severity,
      confidence: finding.confidence,
      ...(place.cell ? { cell: place.cell.index, cellLine: place.cell.start.line + 1 } : {}),
    },
  };
}

function locationOf(place: Place) {
  return { physicalLocation: { artifactLocation: artifactOf(place.path), region: regionOf(place) } };
}

function artifactOf(path: string) {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: '%SRCROOT%' };
}

function regionOf(place: Place) {
  return { startLine: place.start.line + 1, startColumn: place.start.column + 1, endLine: place.end.line + 1, endColumn: place.end.column + 1 };
}

function fixOf(fix: NonNullable<ReportedFinding['fix']>) {
  const byPath = groupByPath(fix.edits);
  return {
    description: { text: fix.title },
    artifactChanges: [...byPath].map(([path, edits]) => ({
      artifactLocation: artifactOf(path),
      replacements: edits.map((edit) => ({ deletedRegion: regionOf(edit.place), insertedContent: { text: edit.text } })),
    })),
  };
}

function groupByPath(edits: NonNullable<ReportedFinding['fix']>['edits']) {
  const groups = new Map<string, (typeof edits)[number][]>();
  for (const edit of edits) groups.set(edit.place.path, [...(groups.get(edit.place.path) ?? []), edit]);
  return groups;
}
