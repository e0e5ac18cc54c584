/** One large message to fetch. */
export interface FrameRequest {
  readonly id: number
  readonly url: string
  readonly token: string
  readonly bytes: number
}

export type FrameAnswer = { readonly id: number; readonly message: unknown } | { readonly id: number; readonly failed: string }
