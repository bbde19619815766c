// Texts of 2,000 lines for the typing benchmark: realistic code, every block a little different.

export function typescript(lines = 2000) {
  const out = ["import express from 'express';", "import OpenAI from 'openai';", "import { z } from 'zod';", 'const client = new OpenAI();', 'const app = express();', "const Ask = z.object({ question: z.string().max(500) });", ''];
  for (let at = 0; out.length < lines; at++) {
    out.push(
      `/** Handles topic ${at}. */`,
      `app.post('/topic/${at}', async (req, res) => {`,
      at % 5 === 0 ? '  const { question } = req.body;' : '  const { question } = Ask.parse(req.body);',
      `  const history = [{ role: 'user' as const, content: question }];`,
      `  const completion = await client.chat.completions.create({`,
      `    model: 'gpt-4.1-mini',`,
      `    max_tokens: ${100 + at},`,
      `    messages: [{ role: 'system', content: 'Answer about topic ${at}.' }, ...history],`,
      `  });`,
      `  const answer${at} = completion.choices[0]?.message.content ?? '';`,
      `  if (answer${at}.length > ${at}) res.json({ answer: answer${at}, topic: ${at} });`,
      `  else res.status(204).end();`,
      '});',
      '',
    );
  }
  return out.join('\n');
}

export function terraform(lines = 2000) {
  const out = ['variable "environment" {', '  default = "prod"', '}', ''];
  for (let at = 0; out.length < lines; at++) {
    out.push(
      `resource "aws_s3_bucket" "data${at}" {`, `  bucket = "\${var.environment}-data-${at}"`, '  tags = {', `    team = "ml-${at % 7}"`, '  }', '}', '',
      `resource "aws_db_instance" "db${at}" {`, `  identifier = "db-${at}"`, '  engine = "postgres"', `  storage_encrypted = ${at % 3 !== 0}`, '  instance_class = "db.t4g.medium"', '}', '',
      `resource "aws_iam_role_policy" "role${at}" {`, '  policy = jsonencode({', `    Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::data-${at}/*" }]`, '  })', '}', '',
    );
  }
  return out.join('\n');
}
