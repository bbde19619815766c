import { MarkupKind, type Hover, type HoverParams } from 'vscode-languageserver';
import { artefactsAt, type ArtefactReport } from '../rule/artefacts.ts';
import type { Say } from '../base/speech/speech.ts';
import { escapeMarkdown } from './hover.ts';
import type { EngineHost } from '../engine/host.ts';
import type { Workspace } from './workspace.ts';

const mostShown = 5;
const modelName = /\.(?:pkl|pickle|joblib|dill|pt|pth|pt2|ckpt|bin|safetensors|gguf|onnx|np[yz]|h5|hdf5|keras|tflite|mlmodel|skops|sav|pb)$/i;

/** What the model file is that a text in code names: format, size, tensors and verdict, without opening it. */
export function artefactHover({ textDocument: { uri }, position }: HoverParams, workspace: Workspace, disk: EngineHost): Hover | undefined {
  const document = workspace.analyzer().document(workspace.fileOf(uri));
  const line = document?.text.split('\n')[position.line];
  if (!document || line === undefined || document.cells) return undefined;
  for (const found of line.matchAll(/(["'])((?:(?!\1).){1,300})\1/g)) {
    const end = found.index + found[0].length;
    if (position.character < found.index || position.character > end || !modelName.test(found[2]!)) continue;
    const signers = workspace.analyzer().configuration.chain(document.path).modelSigners;
    const reports = artefactsAt(found[2]!, { document, sources: workspace.sources(), artefact: (path) => disk.inspect?.(path, signers) });
    if (reports.length === 0) return undefined;
    const range = { start: { line: position.line, character: found.index }, end: { line: position.line, character: end } };
    return { contents: { kind: MarkupKind.Markdown, value: reports.slice(0, mostShown).map((one) => summary(one, workspace.say)).join('\n\n') }, range };
  }
  return undefined;
}

function summary({ name, verdict, formats, size, tensors, issues, integrity, globals }: ArtefactReport, say: Say): string {
  const facts = [
    formats.slice(0, 3).join(', ') || say('artefact.data'), size < 10_000 ? say('artefact.bytes', { count: size }) : sizeText(size),
    ...(tensors === undefined ? [] : [tensors === 1 ? say('artefact.tensor') : say('artefact.tensors', { count: tensors })]),
    ...(globals.length === 0 ? [] : [globals.length === 1 ? say('artefact.global') : say('artefact.globals', { count: globals.length })]),
  ];
  const lines = [...issues.slice(0, mostShown).map((one) => one.what), ...(integrity?.differences ?? []), ...(integrity?.checked ?? [])];
  return [`**${escapeMarkdown(name)}** · ${say(`artefact.${verdict}`)}`, '', escapeMarkdown(facts.join(' · ')), ...(lines.length > 0 ? ['', ...lines.map((one) => `- ${escapeMarkdown(one)}`)] : [])].join('\n');
}

function sizeText(size: number): string {
  return size < 10_000_000 ? `${Math.round(size / 1000)} KB` : size < 10_000_000_000 ? `${Math.round(size / 1_000_000)} MB` : `${Math.round(size / 1_000_000_000)} GB`;
}
