import { severities, type Severity } from '../model/finding.ts';
import { referencesOf } from '../rule/references.ts';
import type { ReportedFinding, ScanResult } from './result.ts';

export interface Summary {
  readonly open: readonly ReportedFinding[];
  readonly suppressed: number;
  readonly baselined: number;
  readonly bySeverity: readonly (readonly [Severity, number])[];
  /** Frameworks that open findings touch, with the controls: the rules support these controls, they do not prove compliance. */
  readonly controls: readonly { readonly framework: string; readonly controls: readonly { readonly id: string; readonly title: string; readonly count: number }[] }[];
}

export function summaryOf(result: ScanResult): Summary {
  const open = result.findings.filter((one) => one.status === 'open');
  const frameworks = new Map<string, Map<string, { id: string; title: string; count: number }>>();
  for (const { rule } of open) {
    for (const reference of referencesOf(rule)) {
      const own = frameworks.get(reference.framework) ?? new Map<string, { id: string; title: string; count: number }>();
      frameworks.set(reference.framework, own);
      const control = own.get(reference.id) ?? { id: reference.id, title: reference.title, count: 0 };
      control.count++;
      own.set(reference.id, control);
    }
  }
  return {
    open,
    suppressed: result.findings.filter((one) => one.status === 'suppressed').length,
    baselined: result.findings.filter((one) => one.status === 'baselined').length,
    bySeverity: severities.flatMap((severity) => {
      const count = open.filter((one) => one.finding.severity === severity).length;
      return count === 0 ? [] : [[severity, count] as const];
    }),
    controls: [...frameworks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([framework, own]) => ({ framework, controls: [...own.values()].sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1)) })),
  };
}

/** Open findings by the owners of their files; without a CODEOWNERS file one group without a name. */
export function byOwner(open: readonly ReportedFinding[], owners: ((path: string) => readonly string[]) | undefined): readonly (readonly [string, readonly ReportedFinding[]])[] {
  if (!owners) return [['', open]];
  const groups = new Map<string, ReportedFinding[]>();
  for (const one of open) {
    const key = owners(one.place.path).join(' ') || 'no owner';
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

export function lineOf(one: ReportedFinding): string {
  return one.place.cell ? `${one.place.path} cell ${one.place.cell.index + 1}:${one.place.cell.start.line + 1}` : `${one.place.path}:${one.place.start.line + 1}`;
}
