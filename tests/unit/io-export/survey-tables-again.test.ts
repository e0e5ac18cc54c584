import { describe, expect, it } from 'vitest'
import { loadMessages } from '#main/services/messages.ts'
import { lineTable } from '#shared/io/export/survey-tables.ts'
import { writeCsv } from '#shared/io/export/write-csv.ts'
import { importOf } from '../io/mutate.ts'
import { aNetwork, written } from './a-network.ts'

/** Survey tables come back in: what they can carry is the same again (ends to the millimetre, sizes to 0.1 mm). */
describe.each(['zh-CN', 'en'] as const)('survey tables read again (%s)', language => {
  it.each(['.xlsx', '.csv'])('%s', async format => {
    const t = await loadMessages(language)
    const network = aNetwork()
    const table = lineTable(network, 'assets', key => t(key))
    const bytes = format === '.csv' ? Buffer.from([...writeCsv(table.heading, table.rows)].join('')) : written(format, network, { textOf: key => t(key) })
    const { assets, nodes, refusal } = importOf([{ name: `x${format}`, bytes }], 'EPSG:4545')
    expect(refusal).toBeNull()
    const planned = format === '.xlsx' ? network.proposals.length : 0
    expect(assets.length - planned).toBe(network.assets.length)
    for (const asset of network.assets) {
      const back = assets.find(({ id }) => id === asset.id)!
      expect(back, asset.id).toMatchObject({ kind: asset.kind, owner: asset.owner, status: asset.status })
      expect([back.pressureClass, back.laying, back.voltageKv]).toEqual([asset.pressureClass, asset.laying, asset.voltageKv])
      expect(back.section).toEqual(asset.section)
      expect(back.attributes['flowDirection']).toBe(asset.attributes['flowDirection'])
      ;[asset.axis[0]!, asset.axis.at(-1)!].forEach((place, end) => back.axis.at(-end)!.forEach((value, c) => expect(value).toBeCloseTo(place[c]!, 3)))
    }
    if (format === '.xlsx') {
      expect(nodes.map(({ id }) => id)).toEqual(network.nodes.map(({ id }) => id))
      for (const node of network.nodes) for (const c of [0, 1]) expect(nodes.find(({ id }) => id === node.id)!.at[c]!).toBeCloseTo(node.at[c]!, 3)
    }
  })
})
