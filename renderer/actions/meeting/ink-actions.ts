import type { CameraPlace } from '../../state/view/camera-store.ts'
import { cameraStore } from '../../state/view/camera-store.ts'
import { meetingStore, type MeetingState, type MeetingTool } from '../../state/app/meeting-store.ts'
import type { Stroke } from '../files/picture-actions.ts'

/** Within this the camera stands where it stood, metres. */
const SAME_PLACE_M = 0.01

/** Takes a tool into the hand, or lays it down. */
export function toggleMeetingTool(tool: MeetingTool): void {
  meetingStore.setState(({ meeting }) => ({ meeting: meeting && { ...meeting, tool: meeting.tool === tool ? null : tool } }))
}

/**
 * Draws on the slide. What is drawn belongs to the place the camera stands at: from another one it would point at something
 * else, so drawing begins anew there.
 */
export function addStroke(stroke: Stroke): void {
  const { place } = cameraStore.getState()
  meetingStore.setState(({ meeting }) => {
    if (!meeting || !place) return { meeting }
    return { meeting: { ...meeting, ink: { ...meeting.ink, [meeting.index]: { place, strokes: [...inkShown(meeting, place), stroke] } } } }
  })
}

/** Wipes the slide. */
export function clearInk(): void {
  meetingStore.setState(({ meeting }) => {
    if (!meeting) return { meeting }
    return { meeting: { ...meeting, ink: Object.fromEntries(Object.entries(meeting.ink).filter(([index]) => Number(index) !== meeting.index)) } }
  })
}

/** What is drawn on the slide as the camera stands. */
export function inkShown({ ink, index }: MeetingState, place: CameraPlace | null): readonly Stroke[] {
  const drawn = ink[index]
  if (!drawn || !place) return []
  const apart = (a: CameraPlace['target'], b: CameraPlace['target']) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
  return apart(drawn.place.position, place.position) < SAME_PLACE_M && apart(drawn.place.target, place.target) < SAME_PLACE_M ? drawn.strokes : []
}
