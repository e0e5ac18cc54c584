import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './temporary-folder.ts'

/**
 * A program in the place of SWMM's command line: it takes the same three arguments, reads the model and writes a report in
 * the form of SWMM 5.2. What it reports of each conduit is the given flow; every junction stands at its crown or floods.
 * It computes nothing: a machine with SWMM runs the real one.
 * @param behaviour `answers`, `refuses` (an error in the report), `hangs`, `fails` (no report), `echoes` (its arguments as the report).
 */
export function swmmStandIn(behaviour: 'answers' | 'refuses' | 'hangs' | 'fails' | 'echoes', folderName = 'bin'): string {
  const path = join(temporaryFolder(), `${folderName}.mjs`)
  writeFileSync(path, `#!${process.execPath}
import { readFileSync, writeFileSync, existsSync } from 'node:fs'
const [input, report, output, ...more] = process.argv.slice(2)
const behaviour = ${JSON.stringify(behaviour)}
if (behaviour === 'hangs') setInterval(() => undefined, 1000)
else if (behaviour === 'fails') { console.error('cannot open ' + input); process.exit(3) }
else if (behaviour === 'echoes') writeFileSync(report, JSON.stringify({ argv: [input, report, output, ...more], cwd: process.cwd(), inputThere: existsSync(input) }))
else if (behaviour === 'refuses') { writeFileSync(report, '\\n  EPA STORM WATER MANAGEMENT MODEL - VERSION 5.2 (Build 5.2.4)\\n\\n  ERROR 141: Outfall OUT has more than 1 inlet link or an outlet link.\\n'); process.exit(0) }
else {
  const section = name => (readFileSync(input, 'utf8').split('[' + name + ']')[1] ?? '').split('\\n[')[0].split('\\n').map(line => line.trim().split(/\\s+/)).filter(row => row.length > 1)
  const rule = '  ' + '-'.repeat(70)
  const table = (title, rows) => ['', '  ' + '*'.repeat(18), '  ' + title, '  ' + '*'.repeat(18), '', rule, '  Name  Type', rule, ...rows.map(row => '  ' + row.join('  ')), '', ''].join('\\n')
  writeFileSync(report, ['  EPA STORM WATER MANAGEMENT MODEL - VERSION 5.2 (Build 5.2.4)', '', '  Flow Units ............... CMS',
    '  Flow Routing Continuity        hectare-m      10^6 ltr', '  Continuity Error (%) .....        -0.154',
    table('Node Depth Summary', section('JUNCTIONS').map(([name, invert, depth]) => [name, 'JUNCTION', '0.10', depth, (Number(invert) + Number(depth)).toFixed(2), '0', '00:48', depth])),
    table('Node Flooding Summary', section('JUNCTIONS').slice(0, 1).map(([name]) => [name, '0.25', '0.120', '0', '00:48', '0.090', '0.000'])),
    table('Link Flow Summary', section('CONDUITS').map(([name]) => [name, 'CONDUIT', '0.100', '0', '00:48', '1.25', '0.40', '0.44'])),
  ].join('\\n'))
  writeFileSync(output, '')
}
`)
  chmodSync(path, 0o755)
  return path
}
