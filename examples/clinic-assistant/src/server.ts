import { exec } from 'node:child_process';
import express from 'express';
import OpenAI from 'openai';
import { findPatient } from './patients.ts';

const openai = new OpenAI({ apiKey: '@@OPENAI@@' });
const app = express();
app.use(express.json());

/** Answers a patient's question. */
app.post('/ask', async (req, res) => {
  const { question, style } = req.body;
  const patient = await findPatient(req.body.patientId);
  const completion = await openai.chat.completions.create({
    model: 'gpt-4.1-mini',
    messages: [
      { role: 'system', content: `You are a clinic's assistant. Answer in this style: ${style}.` },
      { role: 'user', content: question },
    ],
  });
  const answer = completion.choices[0]?.message.content ?? '';
  res.send(`<h1>Dear ${patient?.name}</h1><p>${answer}</p>`);
});

/** Lets the model pick a report and runs it. */
app.post('/report', async (req, res) => {
  const completion = await openai.chat.completions.create({
    model: 'gpt-4.1-mini',
    messages: [{ role: 'user', content: `Give the shell command of the report for: ${String(req.body.wish).slice(0, 200)}` }],
  });
  exec(completion.choices[0]?.message.content ?? 'true', (error, stdout) => res.type('text').send(error ? 'failed' : stdout));
});

app.listen(8080);
