import { option } from '../../server/rule/code.ts';
import { defineRule, type Rule } from '../../server/rule/rule.ts';
import { walk } from '../../server/rule/walk.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';

export default [
  defineRule({
    id: 'auth/websocket-from-any-page', title: 'WebSocket that pages of any site may open', severity: 'medium', confidence: 'high', references: ['CWE-346', 'AC-4'],
    what: 'Reports handlers of Tornado whose `check_origin` always answers yes, and servers of Socket.IO that take connections from any origin.', why: 'Browsers send the user’s cookies along when any page opens a WebSocket: without the check that page speaks with the user’s session.', noFix: 'The sites that may open it have to be listed.',
    whenNotToUse: 'For a socket that needs a token in its first message and reads no cookie.',
    checks: [{
      on: 'call', callees: ['flask_socketio.SocketIO', 'flask_socketio.SocketIO#init_app', 'socketio.{Server,AsyncServer}', 'engineio.{Server,AsyncServer}'],
      check: (call, context) => {
        const origins = option(call, 'cors_allowed_origins');
        if (!origins || isTest(context.document.path) || !(origins.value.constant === '*' || origins.value.items?.some((one) => one.constant === '*'))) return;
        context.report({ at: origins.origin, message: 'Pages of any site may open the socket with the user’s session.' });
      },
    }, {
      on: 'code', words: ['check_origin'],
      check: (code, context) => {
        if (isTest(context.document.path)) return;
        walk(code.module, (node) => {
          if (node.kind !== 'function' || !('params' in node) || node.name !== 'check_origin') return;
          const [only, more] = node.body;
          if (only?.kind !== 'return' || more || only.value?.kind !== 'literal' || only.value.value !== true) return;
          context.report({ at: { start: only.start, end: only.end }, message: 'Pages of any site may open the socket with the user’s session.' });
        });
      },
    }],
    examples: [{
      file: 'events.py',
      bad: sample(['from flask import Flask', 'from flask_socketio import SocketIO', 'app = Flask(__name__)', 'events = SocketIO(app, cors_allowed_origins=«"*"»)']),
      good: sample(['from flask import Flask', 'from flask_socketio import SocketIO', 'app = Flask(__name__)', 'events = SocketIO(app, cors_allowed_origins=["https://app.acme.io"])']),
    }, {
      file: 'live.py',
      bad: sample(['from tornado.websocket import WebSocketHandler', 'class Live(WebSocketHandler):', '    def check_origin(self, origin):', '        «return True»']),
      good: sample(['from tornado.websocket import WebSocketHandler', 'class Live(WebSocketHandler):', '    def check_origin(self, origin):', '        return origin == "https://app.acme.io"']),
    }],
  }),
] satisfies readonly Rule[];
