import { defineRule, type Report, type Rule } from '../../server/rule/rule.ts';
import type { Severity } from '../../server/rule/queries.ts';
import { walk } from '../../server/rule/walk.ts';
import { callRule, constantOf, isTrue, mayHaveMore, option, replaceFix, setFix, text } from '../_calls.ts';
import { commandOf, processes } from '../_commands.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';

const references = ['CWE-668', 'CWE-306', 'SC-7'];
const anywhere = (value: unknown): boolean => value === '0.0.0.0' || value === '::' || value === '[::]';
const authenticated = ['auth', 'auth_dependency', 'token_verifier', 'auth_server_provider', 'token', 'password', 'username'];

/** A server of the trade that a command starts for everybody. */
function exposed(command: string, notebook = false): { readonly message: string; readonly severity: Severity } | undefined {
  const open = /(?:--(?:[A-Za-z]+App\.)?(?:ip|host|bind|listen|server[_.](?:name|address)|dashboard-host|address)[= ])['"]?(?:0\.0\.0\.0|\*|::)|--bind_all\b/.test(command);
  const tokenless = /--(?:NotebookApp|ServerApp|IdentityProvider)\.(?:token|password)=(?:['"]{2})?(?=\s|$)/.test(command);
  if (/\bjupyter\b/.test(command) && (tokenless || open)) return { message: tokenless ? 'The notebook server runs code of anybody who reaches it.' : 'The notebook server listens on every network the machine is in.', severity: tokenless ? 'high' : 'medium' };
  // Where a program is started in a notebook, no container is the boundary.
  const server = notebook ? /\b(uvicorn|gunicorn|hypercorn|flask|fastapi|waitress-serve|daphne|http\.server)\b/.exec(command)?.[1] : undefined;
  if (server !== undefined && (open || /(?:^|\s)(?:-b|--bind)[= ]['"]?0\.0\.0\.0/.test(command))) return { severity: 'low', message: `${server} listens on every network the machine is in.` };
  const tool = /\b(tensorboard|mlflow|ray|vllm|ollama|text-generation-launcher|streamlit|chainlit|prefect|airflow|label-studio|wandb|bentoml|torchserve|tritonserver|langgraph|litellm|sglang)\b/.exec(command)?.[1];
  return open && tool !== undefined && !/--api-key\b/.test(command) ? { severity: 'medium', message: `${tool} listens, without a login, on every network the machine is in.` } : undefined;
}

export default [
  callRule({
    id: 'network/demo-shared-publicly', title: 'Demo that anybody on the internet can open', severity: 'high', callees: ['gradio.{Blocks,Interface,ChatInterface,TabbedInterface}#launch', 'gradio.Blocks#{queue}().launch', 'gradio.launch', 'smolagents.GradioUI#launch', 'pyngrok.ngrok.connect', 'localtunnel', 'ngrok.{connect,forward}', '@ngrok/ngrok.{connect,forward}', 'streamlit_tunnel.open', 'flask_ngrok.run_with_ngrok', 'flask_cloudflared.run_with_cloudflared'], references: ['CWE-668', 'CWE-306', 'SC-7', 'LLM10:2025'],
    what: 'Reports `share=True`, tunnels, and Gradio servers on all interfaces without a login.', why: 'The address is found within hours; strangers then use the model, its keys and what it can reach.', whenNotToUse: 'For a talk of an hour, with a model that reaches nothing.',
    judge: (call, context): Report | undefined => {
      if (!/^(?:gradio|smolagents)\b/.test(call.name!)) return { at: call.callee, severity: 'medium', message: 'The tunnel opens the service to the internet.' };
      const login = option(call, 'auth') ?? option(call, 'auth_dependency');
      if (login && constantOf(login) !== null) return undefined;
      const share = option(call, 'share');
      if (isTrue(share)) return { at: share!.origin, message: 'Anybody on the internet can open the demo.', fixes: replaceFix(share!, 'False', 'Do not share it') };
      if (!share && call.name === 'smolagents.GradioUI#launch' && !mayHaveMore(call)) return { at: call.callee, message: 'Anybody on the internet can open the demo, which is shared unless it is told not to be.', fixes: setFix(call, context, 'share', 'False', 'Do not share it') };
      const host = option(call, 'server_name');
      return anywhere(constantOf(host)) ? { at: host!.origin, severity: 'medium', message: 'The demo is open, without a login, to every network the machine is in.', fixes: replaceFix(host!, '"127.0.0.1"', 'Listen to this machine only', false) } : undefined;
    },
    examples: [{ file: 'demo.py', bad: sample(['import gradio as gr', 'demo = gr.Interface(fn=len, inputs="text", outputs="text")', 'demo.launch(share=«True»)']), fixed: sample(['import gradio as gr', 'demo = gr.Interface(fn=len, inputs="text", outputs="text")', 'demo.launch(share=False)']), good: sample(['import gradio as gr', 'demo = gr.Interface(fn=len, inputs="text", outputs="text")', 'demo.launch(server_name="127.0.0.1")']) }],
  }),
  callRule({
    id: 'network/bound-to-all-interfaces', title: 'Server that listens on all networks', severity: 'low', confidence: 'medium', callees: ['flask.Flask#run', 'uvicorn.run', 'hypercorn.asyncio.serve', 'waitress.serve', 'aiohttp.web.run_app', 'tornado.web.Application#listen', 'sanic.Sanic#run', 'bottle.run', 'dash.Dash#{run,run_server}', 'mcp.FastMCP', 'mcp.FastMCP#{run,start}', 'fastmcp.FastMCP', 'fastmcp.FastMCP#start', 'ray.init', 'ray.serve.start', 'xmlrpc.server.SimpleXMLRPCServer', 'http.server.{HTTPServer,ThreadingHTTPServer}', 'socketserver.{TCPServer,ThreadingTCPServer}', 'streamlit.web.bootstrap.run', 'dask.distributed.LocalCluster', 'distributed.LocalCluster', 'torch.distributed.launcher.api.LaunchConfig', 'multiprocessing.managers.BaseManager', 'tensorboard.program.TensorBoard', 'chainlit.server.run', 'langserve.serve', 'panel.serve', 'nicegui.ui.run', 'bokeh.server.server.Server', 'gunicorn.app.base.run', 'asyncio.start_server', 'websockets.serve', 'zmq.Socket#bind', 'grpc.Server#add_insecure_port', 'socket.socket#bind', 'socket.socket().bind', 'http.server.HTTPServer', 'socketserver.{UDPServer,ThreadingUDPServer}', 'aiohttp.web.TCPSite', 'quart.Quart#run', 'granian.Granian', 'http.server.test', 'multiprocessing.connection.Listener', 'asyncio.Loop#create_server', 'xmlrpc.server.DocXMLRPCServer', 'wsgiref.simple_server.make_server', 'eventlet.listen', 'gevent.pywsgi.WSGIServer', 'gevent.server.StreamServer', 'cheroot.wsgi.Server', 'twisted.internet.reactor.listenTCP', 'tornado.httpserver.HTTPServer#listen', 'rpyc.utils.server.ThreadedServer', 'Pyro4.Daemon', 'Pyro5.api.Daemon'],
    references, what: 'Reports servers that listen on `0.0.0.0`, with what kind of service it is in mind.', why: 'Everybody in the same network reaches the service, and a laptop joins many.', whenNotToUse: 'In a container or behind a gateway, where the network is the boundary.',
    judge: (call, context): Report | undefined => {
      // A port that is not written down is bound for a moment as a rule, to learn whether it is free.
      if (call.name!.startsWith('socket.') && typeof option(call, 0)?.value.items?.[1]?.constant !== 'number' && !/\.(?:listen|accept|recvfrom|recv_into|serve_forever)\(/.test(context.document.text)) return undefined;
      const found = option(call, 'host') ?? option(call, 'http_options.host') ?? option(call, 'httpStream.host') ?? option(call, 'dashboard_host') ?? option(call, 'address') ?? option(call, 'addr') ?? option(call, 'hostname') ?? option(call, 'interface') ?? (/TCPSite$|start_server$/.test(call.name!) ? option(call, 1) : option(call, 0));
      const value = found?.value.items?.[0]?.constant ?? constantOf(found);
      // No name means all of them; a port of 0 asks for one that is free.
      const unnamed = value === '' && found?.value.items?.length === 2 && found.value.items[1]?.constant !== 0;
      if (!found || !unnamed && !anywhere(value) && !/^(?:tcp:\/\/)?(?:\*|0\.0\.0\.0)(?=:)/.test(String(value ?? ''))) return undefined;
      if (authenticated.some((name) => { const one = option(call, name); return one !== undefined && constantOf(one) !== null; }) && !/BaseManager/.test(call.name!)) return undefined;
      const powerful = /ray\.|xmlrpc|BaseManager|mcp|distributed|zmq|LocalCluster|connection\.Listener|rpyc|Pyro/i.test(call.name!);
      return { at: found.origin, severity: powerful ? 'high' : 'low', message: powerful ? `${call.written} takes commands from every network the machine is in, without a login.` : 'The server listens on every network the machine is in.', fixes: text(found) === undefined ? [] : replaceFix(found, '"127.0.0.1"', 'Listen to this machine only', false) };
    },
    examples: [{ file: 'serve.py', bad: sample(['import uvicorn', 'uvicorn.run("app:app", host=«"0.0.0.0"», port=8000)']), fixed: sample(['import uvicorn', 'uvicorn.run("app:app", host="127.0.0.1", port=8000)']), good: sample(['import uvicorn', 'uvicorn.run("app:app", port=8000)']) }],
  }),
  defineRule({
    id: 'network/tool-server-exposed', title: 'Notebook or dashboard started open to the network', severity: 'high', confidence: 'high', references, whenNotToUse: 'In a container or behind a gateway that asks for a login.',
    what: 'Reports Jupyter without token or on all networks, TensorBoard, MLflow, Ray and model servers that are started without a login: in programs, scripts and notebooks.', why: 'Jupyter and MLflow run what they are sent; strangers find such ports by scanning.', noFix: 'A login, or a tunnel to the machine alone, has to be set up.',
    checks: [
      {
        on: 'call', callees: processes,
        check: (call, context) => {
          const command = commandOf(call);
          const found = command === undefined || isTest(context.document.path) ? undefined : exposed(command, /\.ipynb(?:::|$)/.test(context.document.path));
          if (found) context.report({ at: call.args[0]!.origin, message: found.message, severity: found.severity });
        },
      },
      {
        on: 'document', languages: ['shell'], words: ['0.0.0.0', 'jupyter', 'bind_all', '--ip'],
        check: (document, context) => {
          for (const match of document.text.matchAll(/^(?![ \t]*#)[^\n]+/gm)) {
            const found = exposed(match[0]);
            if (found && !/Dockerfile|entrypoint/i.test(document.path)) context.report({ at: { start: match.index, end: match.index + match[0].length }, message: found.message, severity: found.severity });
          }
        },
      },
      {
        on: 'code', words: ['ServerApp', 'NotebookApp'],
        check: (code, context) => {
          walk(code.module, (node) => {
            if (node.kind !== 'object') return;
            const inner = node.entries.find((entry) => entry.key === 'ServerApp' || entry.key === 'NotebookApp')?.value;
            if (inner?.kind !== 'object') return;
            const words = context.document.text.slice(inner.start, inner.end);
            if (/["']token["']\s*:\s*(?:""|'')/.test(words) || /["']ip["']\s*:\s*["'](?:0\.0\.0\.0|\*)["']/.test(words) && !/password|token/.test(words)) context.report({ at: { start: inner.start, end: inner.end }, message: 'The notebook server runs code of anybody who reaches it.' });
          });
        },
      },
    ],
    examples: [
      { file: 'start.py', bad: sample(['import subprocess', 'subprocess.Popen(«["mlflow", "server", "--host=0.0.0.0"]»)']), good: sample(['import subprocess', 'subprocess.Popen(["mlflow", "server", "--host=127.0.0.1"])']) },
      { file: 'start.sh', bad: sample(['#!/bin/sh', '«jupyter lab --ip=0.0.0.0»']), good: sample(['#!/bin/sh', 'jupyter lab --ip=127.0.0.1']) },
    ],
  }),
  callRule({
    id: 'network/sdk-opens-network', title: 'Cloud network opened to the internet by the SDK', severity: 'high', callees: ['boto3.client(ec2)#{authorize_security_group_ingress}', 'boto3.client(ec2)#{SecurityGroup,create_security_group}{#,().}authorize_ingress', 'boto3.client(sagemaker)#{create_notebook_instance,create_domain}', 'boto3.client(rds)#{create_db_instance,modify_db_instance}', 'boto3.client(redshift)#create_cluster', '@aws-sdk/client-ec2.AuthorizeSecurityGroupIngressCommand', '@aws-sdk/client-rds.{CreateDBInstanceCommand,ModifyDBInstanceCommand}', '@aws-sdk/client-sagemaker.CreateNotebookInstanceCommand', 'boto3.client(eks)#create_cluster'], references: ['CWE-668', 'SC-7', 'AISF-INFRA-08'],
    what: 'Reports security groups open to all addresses, public databases and notebooks with direct internet access that are made through the AWS SDK.', why: 'A service that the internet can reach is found and tried within minutes.', noFix: 'The addresses that may connect have to be listed.',
    judge: (call): Report | readonly Report[] | undefined => {
      const cidr = option(call, 'CidrIp') ?? option(call, 'CidrIpv6');
      if (constantOf(cidr) === '0.0.0.0/0' || constantOf(cidr) === '::/0') return { at: cidr!.origin, message: 'The security group lets every address in.' };
      const permissions = option(call, 'IpPermissions');
      for (const one of permissions?.value.items ?? []) for (const range of one.fields?.get('IpRanges')?.items ?? []) if (range.fields?.get('CidrIp')?.constant === '0.0.0.0/0') return { at: permissions!.origin, message: 'The security group lets every address in.' };
      const direct = option(call, 'DirectInternetAccess');
      if (text(direct) === 'Enabled') return { at: direct!.origin, message: 'The notebook reaches the internet past the network’s controls.', fixes: replaceFix(direct!, '"Disabled"', 'Go through the network', false) };
      const open = option(call, 'PubliclyAccessible');
      return isTrue(open) ? { at: open!.origin, message: 'The database gets an address on the internet.', fixes: replaceFix(open!, 'False', 'Keep it private', false) } : undefined;
    },
    examples: [{ file: 'lab.py', bad: sample(['import boto3', 'ec2 = boto3.client("ec2")', 'ec2.authorize_security_group_ingress(GroupId="sg-1", FromPort=22, ToPort=22, CidrIp=«"0.0.0.0/0"»)']), good: sample(['import boto3', 'ec2 = boto3.client("ec2")', 'ec2.authorize_security_group_ingress(GroupId="sg-1", FromPort=22, ToPort=22, CidrIp="10.0.0.0/16")']) }],
  }),
] satisfies readonly Rule[];

