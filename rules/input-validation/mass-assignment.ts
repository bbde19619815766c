import type { Rule } from '../../server/rule/rule.ts';
import { flowPath, flowRule } from '../_flows.ts';
import { express, flask } from '../_samples.ts';

export default [
  flowRule({
    id: 'input-validation/mass-assignment', title: 'Row made of whatever the peer sends', severity: 'medium', from: ['request', 'message'], to: ['mass-assignment'], problem: 'becomes a row as it is, with every field that was sent ({sink})',
    what: 'Follows whole request bodies into the rows of Prisma, Mongoose, Sequelize, TypeORM, Drizzle, SQLAlchemy and Django, where nothing says which fields may be set.',
    why: 'A field that the form does not show is set as well: `role`, `isAdmin`, `ownerId`, `balance`.', references: ['CWE-915', 'SI-10'],
    noFix: 'The fields that may be set have to be listed.', whenNotToUse: 'Where a pipe or a gateway drops unknown fields before the handler runs.',
    // A class that the framework fills names the fields.
    when: (flow, context) => {
      const [from = flow.at] = flowPath(flow);
      return from.path !== context.document.path || !/@(?:Body|Query|Args)\(.*:\s*(?!any\b|unknown\b|object\b|Record\b|Partial\b|\{)\w/.test(context.document.text.slice(from.range.start, from.range.end));
    },
    examples: [
      { file: 'app.ts', bad: express(['res.json(await prisma.user.create({ data: «req.body» }));'], ["import { PrismaClient } from '@prisma/client';", 'const prisma = new PrismaClient();']), good: express(['res.json(await prisma.user.create({ data: { name: String(req.body.name) } }));'], ["import { PrismaClient } from '@prisma/client';", 'const prisma = new PrismaClient();']) },
      { file: 'app.py', bad: flask(['user = User(**«request.json»)', 'return str(user.id)'], ['from shop.models import User']), good: flask(['user = User(name=request.json["name"])', 'return str(user.id)'], ['from shop.models import User']) },
    ],
  }),
] satisfies readonly Rule[];
