import { expect, it } from 'vitest'
import { changeTemplate, keepTemplate, lineTemplates, removeTemplate, takeTemplate } from '#renderer/actions/scheme/template-actions.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { registerStore } from '#renderer/state/twin/register-store.ts'
import { lineTemplateSchema } from '#shared/register/line-template.ts'
import { openOn, settled } from './open-project.ts'

const kept = () => lineTemplates(registerStore.getState().lineTemplates)
const drawn = () => sessionStore.getState().template

it('a template gives back everything a line is drawn with, under its name in the project', async () => {
  await openOn()
  changeTemplate({ kind: 'power', section: { shape: 'rectangle', widthM: 0.8, heightM: 0.5 }, voltageKv: 110, ductBank: { columns: 4, rows: 2, ductM: 0.16, gapM: 0.05, casingM: 0.1 }, owner: '供电局', material: 'MPP', vertical: { mode: 'level', levelM: 212.5 } })
  const bank = drawn()
  expect(await keepTemplate('110 kV 排管')).toBe(true)
  changeTemplate({ kind: 'sewer_foul', vertical: { mode: 'grade', coverM: 1.5, fallRatio: 0.004 } })
  expect(await keepTemplate('污水支管')).toBe(true)
  await settled()
  expect(kept().map(({ name, kind }) => [name, kind])).toEqual([['污水支管', 'sewer_foul'], ['110 kV 排管', 'power']])
  const { id, ...power } = kept()[1]!
  expect(lineTemplateSchema.parse(power)).toEqual(power)
  takeTemplate(power)
  expect(drawn()).toEqual(bank)
  // What was set for the other kind before is not lost.
  changeTemplate({ kind: 'sewer_foul' })
  expect(drawn().vertical).toEqual({ mode: 'grade', coverM: 1.5, fallRatio: 0.004 })

  changeTemplate({ section: { shape: 'circle', diameterM: 0.5 } })
  await keepTemplate('污水支管')
  await settled()
  expect(kept().map(({ section }) => section)).toEqual([{ shape: 'circle', diameterM: 0.5 }, power.section])
  await removeTemplate(id)
  await settled()
  expect(kept().map(({ name }) => name)).toEqual(['污水支管'])
})

it('a template with a size or a level that no line has is refused', () => {
  const template = { ...sessionStore.getInitialState().template, name: 'x' }
  expect(lineTemplateSchema.safeParse(template).success).toBe(true)
  for (const wrong of [{ section: { shape: 'circle', diameterM: 0 } }, { vertical: { mode: 'level', levelM: 1e6 } }, { name: '' }, { bendRadiusM: -1 }]) {
    expect(lineTemplateSchema.safeParse({ ...template, ...wrong }).success).toBe(false)
  }
})
