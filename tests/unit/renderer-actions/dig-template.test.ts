import { expect, it } from 'vitest'
import { changeDigTemplate } from '#renderer/actions/scheme/excavation-actions.ts'
import { excavationStore } from '#renderer/state/scheme/excavation-store.ts'

it('gives each kind of excavation the depth and sides it was last drawn with', () => {
  const now = () => excavationStore.getState().template
  changeDigTemplate({ bottom: { depthM: 12 }, slopeRatio: 0.5 })
  changeDigTemplate({ type: 'trench' })
  expect(now()).toMatchObject({ type: 'trench', bottom: { depthM: 2 }, slopeRatio: 0 })
  changeDigTemplate({ bottom: { depthM: 3 } })
  changeDigTemplate({ type: 'pit' })
  expect(now()).toMatchObject({ type: 'pit', bottom: { depthM: 12 }, slopeRatio: 0.5 })
  changeDigTemplate({ type: 'trench' })
  expect(now()).toMatchObject({ bottom: { depthM: 3 } })
})
