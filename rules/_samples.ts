/** A sample with `«…»` around what is reported, as the marks below a line that samples use. */
export function marked(text: string): string {
  return text.split('\n').flatMap((line) => {
    if (!line.includes('«')) return [line];
    const parts = line.split(/[«»]/);
    return [parts.join(''), parts.map((part, at) => (at % 2 === 1 ? '^' : ' ').repeat(part.length)).join('').trimEnd()];
  }).join('\n');
}

/** A sample of some lines, with `«…»` around what is reported. */
export const sample = (lines: readonly string[]): string => marked([...lines, ''].join('\n'));

const indent = (lines: readonly string[], by: string): readonly string[] => lines.map((line) => (line === '' ? line : by + line));

/** An Express handler around lines that use `req` and `res`. */
export function express(lines: readonly string[], imports: readonly string[] = []): string {
  return marked([...imports, "import express from 'express';", '', 'const app = express();', "app.post('/run', async (req, res) => {", ...indent(lines, '  '), '});', ''].join('\n'));
}

/** A Flask view around lines that use `request`. */
export function flask(lines: readonly string[], imports: readonly string[] = []): string {
  return marked([...imports, 'from flask import Flask, request', '', 'app = Flask(__name__)', '', '@app.post("/run")', 'def run():', ...indent(lines, '    '), ''].join('\n'));
}

/** A function that asks a model and goes on with `answer`, in TypeScript. */
export function asking(lines: readonly string[], imports: readonly string[] = []): string {
  return marked([...imports, "import OpenAI from 'openai';", '', 'const client = new OpenAI();', 'export async function run(question: string) {', "  const reply = await client.responses.create({ model: 'gpt-4.1', input: question });", '  const answer = reply.output_text;', ...indent(lines, '  '), '}', ''].join('\n'));
}

/** The same in Python. */
export function askingPython(lines: readonly string[], imports: readonly string[] = []): string {
  return marked([...imports, 'from openai import OpenAI', '', 'client = OpenAI()', '', 'def run(question: str):', '    reply = client.responses.create(model="gpt-4.1", input=question)', '    answer = reply.output_text', ...indent(lines, '    '), ''].join('\n'));
}

/** A tool of the Vercel AI SDK whose handler takes `text`. */
export function tool(lines: readonly string[], imports: readonly string[] = []): string {
  return marked([...imports, "import { tool } from 'ai';", "import { z } from 'zod';", '', 'export const work = tool({', "  description: 'Works',", '  inputSchema: z.object({ text: z.string() }),', '  execute: async ({ text }) => {', ...indent(lines, '    '), '  },', '});', ''].join('\n'));
}

/** A LangChain tool in Python that takes `text`. */
export function toolPython(lines: readonly string[], imports: readonly string[] = []): string {
  return marked([...imports, 'from langchain_core.tools import tool', '', '@tool', 'def work(text: str) -> str:', '    """Works."""', ...indent(lines, '    '), ''].join('\n'));
}
