import assert from 'node:assert/strict';
import { createAnalyzer } from '../../server/engine/analyzer.ts';
import { applyEdits, composeEdits } from '../../server/engine/compose.ts';
import { rawEdits } from '../../server/engine/raw-edits.ts';
import type { Finding } from '../../server/model/finding.ts';
import type { TextEdit } from '../../server/model/fix.ts';
import type { Example, Rule } from '../../server/rule/rule.ts';
import { fileOfPart } from '../../server/source/notebook.ts';
import { languageOfPath } from '../../server/source/language.ts';
import { rules } from '../../rules/index.ts';
import { analyzerFor, hostOver, rootedPath } from '../support/analyze.ts';
import { inOtherDialects, inTemplates } from '../support/fix-dialects.ts';
import { keptComments, variantsOf, type Variant } from '../support/fix-variants.ts';
import { movedSecrets } from '../support/secret-table.ts';
import { syntaxErrors } from '../support/syntax.ts';

/** Pairs of fixes that are tried in one file. */
const mostPairs = 6;
const mostPasses = 8;

interface Offer {
  readonly finding: Finding;
  readonly safe: boolean;
  readonly title: string;
  /** Edits of the file on disk; edits of other files apart. */
  readonly edits: readonly TextEdit[];
  readonly elsewhere: readonly TextEdit[];
}

/** One text under all rules, with what may be done to it. */
interface State {
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
  readonly offers: readonly Offer[];
}

/** One analyser for all texts, as in an editor: a text that changes is told to it. Rules that are off by default are on, and only count where they are asked about. */
const disk = new Map<string, string>();
const off = new Set(rules.filter((rule) => rule.off).map((rule) => rule.id));
const analyzer = createAnalyzer({ host: hostOver(disk), rules: rules.map(({ off: _off, ...rule }) => rule) });

function put(path: string, text: string): void {
  if (disk.get(path) === text) return;
  disk.set(path, text);
  analyzer.changed(path);
}

function stateOf(rule: Rule, folder: string, example: Example, text: string, others: Readonly<Record<string, string>> = {}): State {
  const files = { ...example.files, ...others, [example.file]: text };
  for (const [name, own] of Object.entries(files)) put(`${folder}/${name}`, own);
  const path = `${folder}/${example.file}`;
  const findings = analyzer.analyze(path).findings.filter((one) => one.ruleId === rule.id || !off.has(one.ruleId));
  return { text, files, findings, offers: findings.flatMap((finding) => offersOf(finding, path)) };
}

function offersOf(finding: Finding, path: string): readonly Offer[] {
  if (fileOfPart(finding.path) !== path) return [];
  return finding.fixes.flatMap((fix): Offer[] => {
    const printed = fix.disabled === undefined ? analyzer.edits(fix) : undefined;
    const edits = printed && rawEdits(printed, analyzer.notebookOfPart, analyzer.document);
    if (!edits) return [];
    return [{ finding, safe: fix.safe, title: fix.title, edits: edits.filter((edit) => edit.path === path), elsewhere: edits.filter((edit) => edit.path !== path) }];
  });
}

/** How often each rule reports. */
function counts(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const out = new Map<string, number>();
  for (const { ruleId } of findings) out.set(ruleId, (out.get(ruleId) ?? 0) + 1);
  return out;
}

class Run {
  readonly problems: string[] = [];
  private readonly rule: Rule;
  private readonly example: Example;
  private readonly variant: Variant;
  private readonly folder: string;

  constructor(rule: Rule, example: Example, variant: Variant, folder?: string) {
    this.rule = rule;
    this.example = example;
    this.variant = variant;
    this.folder = folder ?? `/${rule.id}/${rule.examples.indexOf(example)}${example.file.replace(/\W/g, '')}`;
  }

  private tell(what: string, after?: string): void {
    this.problems.push(`${this.rule.id} in ${this.example.file}, ${this.variant.name}: ${what}${after === undefined || !process.env['SHOW'] ? '' : `\n--- before\n${this.variant.text}\n--- after\n${after}`}`);
  }

  /** The state after some fixes; tells what they broke. `fixed` are the findings that must be gone. */
  private after(before: State, fixes: readonly Offer[], what: string): State {
    const edits = composeEdits(fixes.map((one) => one.edits)).edits;
    const text = applyEdits(before.text, edits);
    const language = languageOfPath(this.example.file)!;
    if (syntaxErrors(text, language) > syntaxErrors(before.text, language)) this.tell(`${what} breaks the syntax`, text);
    if (before.text.includes('\r\n') && /[^\r]\n/.test(text)) this.tell(`${what} mixes line ends`, text);
    if (keptComments(text) < keptComments(before.text) - removedLines(before.text, edits)) this.tell(`${what} takes a comment away`, text);
    const others: Record<string, string> = {};
    for (const edit of fixes.flatMap((one) => one.elsewhere)) {
      const name = Object.keys(before.files).find((one) => `${this.folder}/${one}` === edit.path);
      if (name !== undefined) others[name] = applyEdits(others[name] ?? before.files[name]!, [edit]);
    }
    const state = stateOf(this.rule, this.folder, this.example, text, others);
    const then = counts(before.findings);
    const now = counts(state.findings);
    const next = new Set<string>(fixes.flatMap((one) => analyzer.rule(one.finding.ruleId)?.leadsTo ?? []));
    for (const [ruleId, count] of now) if (count > (then.get(ruleId) ?? 0) && !next.has(ruleId)) this.tell(`${what} adds ${ruleId}: ${state.findings.find((one) => one.ruleId === ruleId)!.message}`, text);
    const due = new Set(fixes.map((one) => one.finding));
    for (const ruleId of new Set([...due].map((one) => one.ruleId))) {
      const fewer = [...due].filter((one) => one.ruleId === ruleId).length;
      if ((now.get(ruleId) ?? 0) > then.get(ruleId)! - fewer) this.tell(`${what} leaves ${ruleId}`, text);
    }
    return state;
  }

  check(): readonly string[] {
    const start = stateOf(this.rule, this.folder, this.example, this.variant.text);
    const own = start.offers.filter((one) => one.finding.ruleId === this.rule.id);
    for (const offer of own) {
      for (const [at, edit] of offer.edits.entries()) {
        if (edit.range.start > edit.range.end || edit.range.end > start.text.length) this.tell(`"${offer.title}" edits outside of the text`);
        if (start.text.slice(edit.range.start, edit.range.end) === edit.text) this.tell(`"${offer.title}" changes nothing`);
        if (offer.edits.some((other, index) => index !== at && other.range.start < edit.range.end && edit.range.start < other.range.end)) this.tell(`"${offer.title}" overlaps itself`);
      }
      this.after(start, [offer], `"${offer.title}"`);
    }
    this.pairs(start, own);
    this.bulk(start);
    return this.problems;
  }

  private pairs(start: State, own: readonly Offer[]): void {
    const firsts = [...new Map(own.map((one) => [one.finding, own.find((each) => each.finding === one.finding)!])).values()];
    let tried = 0;
    for (let a = 0; a < firsts.length; a++) {
      for (let b = a + 1; b < firsts.length && tried < mostPairs; b++, tried++) {
        const both = [firsts[a]!, firsts[b]!];
        const { applied } = composeEdits(both.map((one) => one.edits));
        if (applied.length === 2) this.after(start, both, `"${both[0]!.title}" with "${both[1]!.title}"`);
      }
    }
  }

  /** All safe fixes at once, again and again, as the command line does it: it ends, and a second run finds nothing to do. */
  private bulk(start: State): void {
    let state = start;
    for (let pass = 0; ; pass++) {
      const offers = state.offers.filter((one, at) => one.safe && one.elsewhere.length === 0 && state.offers.findIndex((other) => other.finding === one.finding && other.safe) === at);
      const { applied } = composeEdits(offers.map((one) => one.edits));
      if (applied.length === 0) return;
      if (pass === mostPasses) return this.tell('bulk fixes do not come to an end', state.text);
      state = this.after(state, applied.map((at) => offers[at]!), `bulk pass ${pass + 1}`);
    }
  }
}

/** Comments on lines that a fix removes whole. */
function removedLines(text: string, edits: readonly TextEdit[]): number {
  return edits.reduce((sum, edit) => sum + (edit.text.trim() === '' ? keptComments(text.slice(edit.range.start, edit.range.end)) : 0), 0);
}

describe('every fix parses, silences its finding, adds none and goes with others', function () {
  // Hundreds of examples a category, each in many dialects.
  this.timeout(300_000);
  const byCategory = new Map<string, Rule[]>();
  for (const rule of rules) byCategory.set(rule.id.split('/')[0]!, [...(byCategory.get(rule.id.split('/')[0]!) ?? []), rule]);
  it('in secrets of every format', () => {
    const problems = movedSecrets.flatMap(([name, file, before]) => {
      const example: Example = { file, bad: before };
      const found = variantsOf(example).flatMap((variant) => {
        const rule = analyzerFor({ [file]: variant.text }).analyze(rootedPath(file)).findings.map((one) => rules.find((each) => each.id === one.ruleId)!).find((one) => one.id.startsWith('secrets/'));
        return rule ? new Run(rule, example, variant, `/secrets/${name.replaceAll(' ', '-')}`).check() : [];
      });
      return found.map((one) => `${name}: ${one}`);
    });
    assert.deepEqual([...new Set(problems)], []);
  });

  const most = 40;
  for (const [category, all] of byCategory) for (let from = 0; from < all.length; from += most) {
    const own = all.slice(from, from + most);
    it(`in ${category}${all.length > most ? `, from ${own[0]!.id} on` : ''}`, () => {
      const problems = own.flatMap((rule) => rule.examples.filter((one) => one.bad !== undefined).flatMap((example) => [example, ...inOtherDialects(example), ...inTemplates(rule, example)]).flatMap((example) => variantsOf(example).flatMap((variant) => new Run(rule, example, variant).check())));
      assert.deepEqual([...new Set(problems)], []);
    });
  }
});
