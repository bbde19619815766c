import { parseArgs } from 'node:util';
import fs from 'node:fs';
import path from 'node:path';
import { threatFileProblems, threatModelOf } from '../../../engine/threat-model.ts';
import { joinPath } from '../../../base/path.ts';
import type { ThreatModel } from '../../../model/threat.ts';
import { decisionsName, withDecisions } from '../../../threat/decisions.ts';
import { accessesOf, dataAccessName, driftOf, parseDataAccess, printDataAccess } from '../../../threat/drift.ts';
import { exportFormats, exportThreatModel, isExportFormat } from '../../../threat/export/formats.ts';
import { readExchange } from '../../../threat/import/exchange.ts';
import { matchDecisions } from '../../../threat/import/match.ts';
import { toEnginePath, writeText } from '../files.ts';
import { relativePath, scan, type Scan } from '../scan.ts';
import type { CliOptions } from './main.ts';
import { existing } from './scan.ts';
import { unknownName, UsageError } from './usage.ts';

/** `wardline threat-model PATH... [--format F] [--check]`: with `--check` open threats of high risk and lapsed decisions fail. */
export function runThreatModel(args: readonly string[], options: CliOptions): number {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { format: { type: 'string', default: 'markdown' }, output: { type: 'string', short: 'o' }, check: { type: 'boolean', default: false } } });
  if (positionals[0] === 'import') return importDecisions(positionals.slice(1), options);
  const { format } = values;
  if (!isExportFormat(format)) throw unknownName('format', format, exportFormats);
  const { run, model, root } = modelOf(existing(positionals), options);
  const relative = relativeModel(model, root);
  const text = exportThreatModel(relative, format, path.basename(root));
  if (values.output === undefined) process.stdout.write(text);
  else writeText(values.output, text);
  if (!values.check) return 0;
  const grave = model.threats.filter((threat) => threat.state === 'open' && (threat.risk.severity === 'critical' || threat.risk.severity === 'high'));
  const lapsed = threatFileProblems(run.analyzer, joinPath(toEnginePath(root), decisionsName), model, today());
  for (const threat of grave) process.stderr.write(`open: ${threat.risk.severity}: ${threat.title}: ${threat.id}\n`);
  for (const problem of lapsed) process.stderr.write(`${relativePath(root, problem.path)}: ${problem.message}\n`);
  return grave.length > 0 || lapsed.length > 0 ? 1 : 0;
}

/** `wardline threat-model import FILE [PATH...]`: decisions of an Open Threat Model or Threat Dragon file, into the file of decisions. */
function importDecisions([source, ...paths]: readonly string[], options: CliOptions): number {
  if (source === undefined) throw new UsageError('threat-model import needs a file');
  const text = fs.readFileSync(source, 'utf8');
  const foreign = readExchange(text);
  const { model, root } = modelOf(existing(paths.length > 0 ? paths : ['.']), options);
  const { decisions, known, open, unmatched } = matchDecisions(foreign, model, path.basename(source));
  const file = path.join(root, decisionsName);
  if (decisions.length > 0) {
    const before = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
    const after = withDecisions(before, decisions);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    writeText(file, after);
  }
  for (const { threat, state } of decisions) process.stdout.write(`${state}: ${threat}\n`);
  for (const words of unmatched) process.stderr.write(`not imported: ${words}\n`);
  process.stderr.write(`${decisions.length} decisions imported into ${relativePath(process.cwd(), file)}, ${known} known already, ${open} open there, ${unmatched.length} not matched\n`);
  return unmatched.length > 0 ? 1 : 0;
}

/** `wardline drift check|record PATH...`: compares the accesses that the code shows with the recorded ones. */
export function runDrift(args: readonly string[], options: CliOptions): number {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [command, ...rest] = positionals;
  if (command !== 'check' && command !== 'record') throw new UsageError('drift needs check or record');
  const { run, model, root } = modelOf(existing(rest), options);
  const file = path.join(root, dataAccessName);
  const known = fs.existsSync(file) ? parseDataAccess(fs.readFileSync(file, 'utf8')) : undefined;
  if (fs.existsSync(file) && !known) throw new Error(`${relativePath(process.cwd(), file)} is no record of data access`);
  const accesses = accessesOf(model);
  if (command === 'record') {
    const reasons = new Map((known?.accesses ?? []).map((one) => [`${one.from}\n${one.to}\n${one.action}`, one.reason]));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    writeText(file, printDataAccess(accesses.map((one) => ({ ...one, ...(reasons.get(`${one.from}\n${one.to}\n${one.action}`) ? { reason: reasons.get(`${one.from}\n${one.to}\n${one.action}`)! } : {}) }))));
    process.stderr.write(`${accesses.length} accesses in ${relativePath(process.cwd(), file)}\n`);
    return 0;
  }
  if (!known) throw new UsageError(`${relativePath(process.cwd(), file)} does not exist; use record`);
  const drifts = driftOf(known, accesses);
  for (const { access, classes } of drifts) {
    const [origin] = access.evidence;
    const place = origin && run.analyzer.place(origin.path, origin.range);
    process.stdout.write(`${place ? `${relativePath(root, place.path)}:${place.start.line + 1}: ` : ''}${access.words}${classes.length > 0 ? ` with ${classes.join(', ')}` : ''}\n`);
  }
  process.stderr.write(`${accesses.length} accesses, ${drifts.length} not recorded\n`);
  return drifts.length > 0 ? 1 : 0;
}

function modelOf(paths: readonly string[], { rules, version }: CliOptions): { readonly run: Scan; readonly model: ThreatModel; readonly root: string } {
  const run = scan({ paths, rules, version, team: { readFiles: true }, facts: true });
  const findings = [...run.outcomes.values()].flatMap((judged) => judged.flatMap((one) => (one.status === 'open' ? [one.finding] : [])));
  return { run, root: run.root, model: threatModelOf(run.analyzer, run.files.map((file) => run.analyzer.analyze(file)), findings, [toEnginePath(run.root)], today()) };
}

/** Evidence relative to the root, for reports that leave this machine. */
function relativeModel(model: ThreatModel, root: string): ThreatModel {
  const shorten = <T extends { readonly path: string }>(origins: readonly T[]): readonly T[] => origins.map((origin) => ({ ...origin, path: relativePath(root, origin.path) }));
  return {
    ...model,
    elements: model.elements.map((element) => ({ ...element, evidence: shorten(element.evidence) })),
    flows: model.flows.map((flow) => ({ ...flow, evidence: shorten(flow.evidence) })),
    unauthorised: model.unauthorised.map((one) => ({ ...one, at: shorten([one.at])[0]! })),
    threats: model.threats.map((threat) => ({ ...threat, evidence: shorten(threat.evidence), witnesses: shorten(threat.witnesses) })),
  };
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
