import assert from 'node:assert/strict';
import { flowsOf } from '../support/code.ts';

const node = "import { exec } from 'node:child_process';\n";
const py = 'import os\n';

/** Handlers of frameworks, each of which runs what it is sent. */
const handlers: readonly (readonly [string, string, string])[] = [
  ['Express', 'a.ts', "import express from 'express';\nconst app = express();\napp.get('/', (req, res) => { exec(req.query.q); });"],
  ['an Express router with middleware', 'a.ts', "import { Router } from 'express';\nconst r = Router();\nr.post('/', limit, async (req, res) => { const { q } = req.body; exec(`x ${q}`); });"],
  ['a typed Express handler', 'a.ts', "import type { Request, Response } from 'express';\nexport async function run(req: Request, res: Response) { exec(req.params.id); }"],
  ['Express by require', 'a.js', "const express = require('express');\nconst app = express();\napp.use('/x', (req, res, next) => { require('child_process').exec(req.headers['x']); });"],
  ['Fastify', 'a.ts', "import Fastify from 'fastify';\nconst app = Fastify();\napp.post('/', async (request, reply) => { exec((request.body as any).q); });"],
  ['a Fastify plugin', 'a.ts', "import type { FastifyInstance } from 'fastify';\nexport async function routes(app: FastifyInstance) { app.get('/', async (request) => { exec(request.query.q); }); }"],
  ['a Fastify route object', 'a.ts', "import Fastify from 'fastify';\nconst app = Fastify();\napp.route({ method: 'GET', url: '/', handler: async (request) => { exec(request.query.q); } });"],
  ['Koa', 'a.ts', "import Koa from 'koa';\nimport Router from '@koa/router';\nconst r = new Router();\nr.post('/', async (ctx) => { exec(ctx.request.body.q); });"],
  ['Hono', 'a.ts', "import { Hono } from 'hono';\nconst app = new Hono();\napp.post('/', async (c) => { const b = await c.req.json(); exec(b.q); return c.text('x'); });"],
  ['SvelteKit, by its type', 'src/routes/x/+server.ts', "import type { RequestHandler } from './$types';\nexport const POST: RequestHandler = async ({ request }) => { const { q } = await request.json(); exec(q); return new Response(''); };"],
  ['Remix actions, by their type', 'a.tsx', "import type { ActionFunctionArgs } from '@remix-run/node';\nexport async function action({ request }: ActionFunctionArgs) { const form = await request.formData(); exec(String(form.get('q'))); return null; }"],
  ['names from an unpacked archive', 'a.ts', "import AdmZip from 'adm-zip';\nfor (const entry of new AdmZip('a').getEntries()) exec(entry.entryName);"],
  ['GraphQL resolvers', 'a.ts', "import { ApolloServer } from '@apollo/server';\nconst resolvers = { Mutation: { run: (_: unknown, args: { q: string }) => exec(args.q) } };\nnew ApolloServer({ typeDefs: '', resolvers });"],
  ['Fastify plugins, by their type', 'a.ts', "import type { FastifyPluginAsync } from 'fastify';\nconst routes: FastifyPluginAsync = async (app) => { app.get('/', async (request) => { exec(request.query.q); }); };\nexport default routes;"],
  ['names from a tar stream', 'a.ts', "import tar from 'tar-stream';\nconst extract = tar.extract();\nextract.on('entry', (header, stream, next) => { exec(header.name); });"],
  ['arguments of a Telegram command', 'a.py', 'from telegram.ext import ContextTypes\nasync def run(update, context: ContextTypes.DEFAULT_TYPE):\n    os.system(context.args[0])\n'],
  ['commands of a Discord bot', 'a.py', 'from discord.ext import commands\nbot = commands.Bot(command_prefix="!")\n@bot.command()\nasync def run(ctx, *, text: str):\n    os.system(text)\n'],
  ['callable functions of Firebase', 'a.ts', "import { onCall } from 'firebase-functions/v2/https';\nexport const run = onCall((request) => { exec(request.data.q); });"],
  ['names of uploads that multer stores', 'a.ts', "import multer from 'multer';\nmulter.diskStorage({ filename: (req, file, done) => { exec(file.originalname); done(null, 'x'); } });"],
  ['consumers of Django Channels', 'a.py', 'from channels.generic.websocket import AsyncWebsocketConsumer\nclass C(AsyncWebsocketConsumer):\n    async def receive(self, text_data=None, bytes_data=None):\n        os.system(text_data)\n'],
  ['sockets of Tornado', 'a.py', 'from tornado.websocket import WebSocketHandler\nclass C(WebSocketHandler):\n    def on_message(self, message):\n        os.system(message)\n'],
  ['forms of Django', 'a.py', 'from django import forms\nfrom django.views.generic import FormView\nclass F(forms.Form):\n    name = forms.CharField()\nclass V(FormView):\n    form_class = F\n    def form_valid(self, form):\n        os.system(form.cleaned_data["name"])\n'],
  ['sockets of Quart behind a wrapper of the application', 'a.py', 'from quart import Quart, websocket\nfrom quart_cors import cors\napp = cors(Quart(__name__))\n@app.websocket("/ws")\nasync def ws():\n    os.system(await websocket.receive())\n'],
  ['events of GitHub', 'a.ts', "import { Webhooks } from '@octokit/webhooks';\nconst hooks = new Webhooks({ secret: 's' });\nhooks.on('issues.opened', async ({ payload }) => { exec(payload.issue.title); });"],
  ['messages from the page of a desktop program', 'a.ts', "import { ipcMain } from 'electron';\nipcMain.handle('run', (_event, cmd: string) => exec(cmd));"],
  ['Slack messages', 'a.ts', "import { App } from '@slack/bolt';\nconst app = new App({});\napp.message(async ({ message }) => { exec(message.text); });"],
  ['Discord messages', 'a.ts', "import { Client } from 'discord.js';\nconst bot = new Client({ intents: [] });\nbot.on('messageCreate', (msg) => { exec(msg.content); });"],
  ['Telegram commands', 'a.ts', "import { Bot } from 'grammy';\nconst bot = new Bot('t');\nbot.command('run', (ctx) => { exec(ctx.match); });"],
  ['Nuxt handlers, whose helpers need no import', 'server/api/a.post.ts', "export default defineEventHandler(async (event) => { const body = await readBody(event); exec(body.q); });"],
  ['Hono parameters', 'a.ts', "import { Hono } from 'hono';\nconst app = new Hono().get('/:id', (c) => { exec(c.req.param('id')); return c.text('x'); });"],
  ['Next route handlers', 'app/api/x/route.ts', "import { NextRequest } from 'next/server';\nexport async function POST(req: NextRequest) { const { q } = await req.json(); exec(q); }"],
  ['Next route parameters', 'app/api/x/route.ts', "export async function GET(request: Request, { params }: { params: { id: string } }) { exec(params.id); }"],
  ['Next search parameters', 'app/api/x/route.ts', "export const GET = async (request: Request) => { const { searchParams } = new URL(request.url); exec(searchParams.get('q')!); };"],
  ['Next pages API', 'pages/api/x.ts', "import type { NextApiRequest, NextApiResponse } from 'next';\nexport default function handler(req: NextApiRequest, res: NextApiResponse) { exec(req.body.q); }"],
  ['server actions', 'actions.ts', "'use server';\nexport async function run(data: FormData) { exec(data.get('q') as string); }"],
  ['server actions in a component', 'page.tsx', "export default function Page() { async function run(q: string) { 'use server'; exec(q); } return <form action={run} />; }"],
  ['NestJS', 'a.ts', "import { Body, Controller, Post } from '@nestjs/common';\n@Controller('x')\nexport class X { @Post() run(@Body('q') q: string) { exec(q); } }"],
  ['tRPC', 'a.ts', "import { z } from 'zod';\nimport { publicProcedure } from './trpc';\nexport const run = publicProcedure.input(z.object({ q: z.string() })).mutation(({ input }) => { exec(input.q); });"],
  ['Remix', 'a.ts', "export async function action({ request }: ActionFunctionArgs) { const form = await request.formData(); exec(form.get('q') as string); }"],
  ['SvelteKit', 'src/routes/+server.ts', "export async function POST({ request }) { const { q } = await request.json(); exec(q); }"],
  ['AWS Lambda, typed', 'a.ts', "import type { APIGatewayProxyEvent } from 'aws-lambda';\nexport const handler = async (event: APIGatewayProxyEvent) => { exec(JSON.parse(event.body!).q); };"],
  ['AWS Lambda, untyped', 'a.js', "exports.handler = async (event) => { exec(event.queryStringParameters.q); };"],
  ['Cloudflare Workers', 'a.ts', "export default { async fetch(request, env) { const b = await request.json(); exec(b.q); } };"],
  ['Elysia', 'a.ts', "import { Elysia } from 'elysia';\nnew Elysia().post('/', ({ body }) => { exec(body.q); });"],
  ['Hapi', 'a.js', "const Hapi = require('@hapi/hapi');\nconst s = Hapi.server({});\ns.route({ method: 'POST', path: '/', handler: (request, h) => { exec(request.payload.q); } });"],
  ['h3', 'a.ts', "import { defineEventHandler, readBody } from 'h3';\nexport default defineEventHandler(async (event) => { const b = await readBody(event); exec(b.q); });"],
  ['WebSockets', 'a.ts', "import { WebSocketServer } from 'ws';\nconst s = new WebSocketServer({ port: 1 });\ns.on('connection', (ws) => { ws.on('message', (data) => { exec(String(data)); }); });"],
  ['node:http', 'a.ts', "import http from 'node:http';\nhttp.createServer((req, res) => { const u = new URL(req.url!, 'http://x'); exec(u.searchParams.get('q')!); });"],
  ['GraphQL by NestJS', 'a.ts', "import { Args, Query, Resolver } from '@nestjs/graphql';\n@Resolver()\nexport class R { @Query() run(@Args('q') q: string) { exec(q); } }"],
];

const pythonHandlers: readonly (readonly [string, string])[] = [
  ['Flask', 'from flask import Flask, request\napp = Flask(__name__)\n@app.route("/")\ndef run():\n    os.system(request.args.get("q"))'],
  ['Flask URLs', 'from flask import Flask\napp = Flask(__name__)\n@app.get("/<name>")\ndef run(name):\n    os.system(name)'],
  ['Flask blueprints', 'from flask import Blueprint, request\nbp = Blueprint("x", __name__)\n@bp.post("/")\ndef run():\n    data = request.get_json()\n    os.system(data["q"])'],
  ['FastAPI parameters', 'from fastapi import FastAPI\napp = FastAPI()\n@app.get("/")\nasync def run(q: str):\n    os.system(q)'],
  ['FastAPI models', 'from fastapi import APIRouter\nfrom pydantic import BaseModel\nrouter = APIRouter()\nclass Q(BaseModel):\n    q: str\n@router.post("/")\ndef run(body: Q):\n    os.system(body.q)'],
  ['FastAPI requests', 'from fastapi import FastAPI, Request\napp = FastAPI()\n@app.post("/")\nasync def run(request: Request):\n    data = await request.json()\n    os.system(data["q"])'],
  ['Django', 'from django.http import HttpResponse\ndef run(request):\n    os.system(request.GET["q"])'],
  ['Django classes', 'from django.views import View\nclass Run(View):\n    def post(self, request):\n        os.system(request.POST.get("q"))'],
  ['Django REST', 'from rest_framework.views import APIView\nclass Run(APIView):\n    def post(self, request):\n        os.system(request.data["q"])'],
  ['aiohttp', 'from aiohttp import web\nasync def run(request: web.Request):\n    data = await request.json()\n    os.system(data["q"])'],
  ['Starlette', 'from starlette.requests import Request\nasync def run(request: Request):\n    os.system(request.query_params["q"])'],
  ['Tornado', 'import tornado.web\nclass Run(tornado.web.RequestHandler):\n    def get(self):\n        os.system(self.get_argument("q"))'],
  ['Sanic', 'from sanic import Sanic\napp = Sanic("x")\n@app.get("/")\nasync def run(request):\n    os.system(request.args.get("q"))'],
  ['Bottle', 'from bottle import route, request\n@route("/")\ndef run():\n    os.system(request.query.q)'],
  ['Lambda', 'import json\ndef lambda_handler(event, context):\n    os.system(json.loads(event["body"])["q"])'],
  ['Streamlit', 'import streamlit as st\nq = st.text_input("q")\nos.system(q)'],
  ['Gradio', 'import gradio as gr\ndef run(q):\n    os.system(q)\ngr.Interface(fn=run, inputs="text", outputs="text").launch()'],
  ['Flask’s method views', 'from flask.views import MethodView\nclass Run(MethodView):\n    def get(self, name):\n        os.system(name)'],
  ['Strawberry', 'import strawberry\n@strawberry.type\nclass Query:\n    @strawberry.field\n    def run(self, q: str) -> str:\n        os.system(q)\n        return q'],
  ['Ariadne', 'from ariadne import QueryType\nquery = QueryType()\n@query.field("run")\ndef run(_, info, q):\n    os.system(q)'],
  ['aiogram', 'from aiogram import types\nasync def run(message: types.Message):\n    os.system(message.text)'],
  ['Chainlit', 'import chainlit as cl\n@cl.on_message\nasync def run(message: cl.Message):\n    os.system(message.content)'],
];

describe('sources', () => {
  for (const [name, file, text] of handlers) it(`are what ${name} hands in`, () => assert.deepEqual(flowsOf(file, node + text), ['request -> shell']));
  for (const [name, text] of pythonHandlers) it(`are what ${name} hands in, in Python`, () => assert.deepEqual(flowsOf('a.py', `${py}${text}\n`), ['request -> shell']));

  it('are arguments of the command line and answers of its user', () => {
    assert.deepEqual(flowsOf('a.ts', `${node}exec(process.argv[2]!);`), ['cli -> shell']);
    assert.deepEqual(flowsOf('a.py', `${py}import argparse\np = argparse.ArgumentParser()\nargs = p.parse_args()\nos.system(args.q)\n`), ['cli -> shell']);
    assert.deepEqual(flowsOf('a.py', `${py}import sys\nos.system(" ".join(sys.argv[1:]))\n`), ['cli -> shell']);
  });

  it('are jobs and messages', () => {
    assert.deepEqual(flowsOf('a.ts', `${node}import { Worker } from 'bullmq';\nnew Worker('q', async (job) => { exec(job.data.cmd); });`), ['message -> shell']);
    assert.deepEqual(flowsOf('a.ts', `${node}import { Kafka } from 'kafkajs';\nconst c = new Kafka({}).consumer({});\nc.run({ eachMessage: async ({ message }) => { exec(message.value.toString()); } });`), ['message -> shell']);
  });

  it('are the browser\'s address and messages of other windows', () => {
    assert.deepEqual(flowsOf('a.ts', "document.body.innerHTML = decodeURIComponent(location.hash.slice(1));"), ['browser -> html']);
    assert.deepEqual(flowsOf('a.ts', "window.addEventListener('message', (event) => { document.body.innerHTML = event.data; });"), ['browser -> html']);
  });
});
