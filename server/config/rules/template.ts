/** The text of a first rule of a kind, complete with examples that pass. */
export function ruleTemplate(id: string, kind: string): string | undefined {
  const body = bodies[kind];
  return body && `rules:\n  - id: ${id}\n    kind: ${kind}\n${body}`;
}

const bodies: Readonly<Record<string, string>> = {
  resource: `    title: Bucket without a data class
    message: Bucket "{name}" does not say which class of data it holds.
    severity: medium
    why: Without a class nobody knows which models and people may see the data.
    references: [CWE-200]
    types: [aws_s3_bucket]
    require: { attribute: tags.data_class, exists: true }
    examples:
      - file: main.tf
        bad: |
          resource "aws_s3_bucket" "training" {
                                    ^^^^^^^^
            bucket = "training"
          }
        good: |
          resource "aws_s3_bucket" "training" {
            tags = { data_class = "health" }
          }
`,
  policy: `    title: Right to delete training data
    message: "{name} may delete objects with {value}."
    severity: high
    policy: { actions: ["s3:Delete*"], withoutCondition: "*" }
    examples:
      - file: main.tf
        bad: |
          resource "aws_iam_role_policy" "trainer" {
            policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:DeleteObject", Resource = "arn:aws:s3:::t/*" }] })
          }
        good: |
          resource "aws_iam_role_policy" "trainer" {
            policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::t/*" }] })
          }
`,
  call: `    title: Client of a model provider without a timeout
    message: "{name} sets no timeout."
    severity: low
    call:
      callee: [openai.OpenAI]
      arguments: [{ keyword: timeout, missing: true }]
    examples:
      - file: app.py
        bad: |
          from openai import OpenAI
          client = OpenAI()
                   ^^^^^^
        good: |
          from openai import OpenAI
          client = OpenAI(timeout=20)
      - file: app.ts
        bad: |
          import OpenAI from 'openai';
          const client = new OpenAI({});
        good: |
          import OpenAI from 'openai';
          const client = new OpenAI({ timeout: 20_000 });
`,
  taint: `    title: Request data in the audit log
    message: "{name} reaches the audit log unchecked."
    severity: medium
    sources: [request]
    sinks: [{ callee: audit.record, arguments: [0] }]
    sanitizers: [audit.clean]
    examples:
      - file: app.py
        bad: |
          import audit
          from flask import Flask, request
          app = Flask(__name__)

          @app.post("/note")
          def note():
              audit.record(request.form["note"])
                           ^^^^^^^^^^^^^^^^^^^^
        good: |
          import audit
          from flask import Flask, request
          app = Flask(__name__)

          @app.post("/note")
          def note():
              audit.record(audit.clean(request.form["note"]))
`,
  text: `    title: Internal host name
    message: The internal host {value} is named.
    severity: low
    text: { pattern: '([a-z0-9-]+\\.corp\\.example\\.com)' }
    examples:
      - file: app.py
        bad: |
          host = "models.corp.example.com"
                  ^^^^^^^^^^^^^^^^^^^^^^^
        good: |
          host = os.environ["MODEL_HOST"]
`,
  document: `    title: MCP server outside of the catalogue
    message: "{name} starts an MCP server with {value}."
    severity: medium
    document:
      files: ["**/.mcp.json", ".mcp.json"]
      forbid: { attribute: mcpServers.*.command, in: [npx, uvx] }
    examples:
      - file: .mcp.json
        bad: |
          { "mcpServers": { "files": { "command": "npx" } } }
        good: |
          { "mcpServers": { "files": { "command": "/opt/mcp/files" } } }
`,
};

export const templateKinds: readonly string[] = Object.keys(bodies);
