import { describe, expect, it } from 'vitest'
import { isSoftwareRenderer } from '#renderer/scene/graphics-support.ts'

describe('drawing without graphics hardware', () => {
  it.each([
    ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)', true],
    ['llvmpipe (LLVM 15.0.6, 256 bits)', true],
    ['Microsoft Basic Render Driver', true],
    ['ANGLE (Intel, Intel(R) UHD Graphics 620, OpenGL 4.6)', false],
    ['ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11)', false],
    ['Apple M2', false],
  ])('%s', (name, isSoftware) => expect(isSoftwareRenderer(name)).toBe(isSoftware))
})
