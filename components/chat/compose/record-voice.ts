import { BufferTarget, MediaStreamAudioTrackSource, Output, WavOutputFormat } from "mediabunny";

/** Speech needs no more, and a minute has less than 2 MB. */
const SAMPLES_PER_SECOND = 16_000;

export type Recording = {
  /** Ends it and gives a WAV file: what every provider that hears can read. */
  finish: () => Promise<File>;
  cancel: () => Promise<void>;
};

/**
 * Begins to record from the microphone. Loaded when something is recorded first.
 *
 * @param onEnded called when the microphone stops by itself, for example because it was pulled out
 * @throws Error in words for the person when there is none, or it is not allowed
 */
export async function recordVoice(onEnded: () => void): Promise<Recording> {
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) throw new Error("This page must be served over https to use the microphone.");
  const stream = await devices.getUserMedia({ audio: true }).catch((error: unknown) => {
    throw new Error(wordsFor(error));
  });
  const [track] = stream.getAudioTracks();
  if (track === undefined) throw new Error("No microphone was found.");
  const release = () => {
    track.removeEventListener("ended", onEnded);
    for (const one of stream.getTracks()) one.stop();
  };
  track.addEventListener("ended", onEnded);

  const target = new BufferTarget();
  const output = new Output({ format: new WavOutputFormat(), target });
  const source = new MediaStreamAudioTrackSource(track, {
    codec: "pcm-s16",
    transform: { numberOfChannels: 1, sampleRate: SAMPLES_PER_SECOND },
  });
  // It must not pass unheard; what was recorded until then is still a recording.
  source.errorPromise.catch(onEnded);
  try {
    output.addAudioTrack(source);
    await output.start();
  } catch {
    release();
    throw new Error("This browser cannot record.");
  }
  return {
    cancel: async () => {
      release();
      await output.cancel();
    },
    finish: async () => {
      try {
        await output.finalize();
      } finally {
        release();
      }
      if (target.buffer === null) throw new Error("Nothing could be recorded.");
      const name = `recording-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.wav`;
      return new File([target.buffer], name, { type: "audio/wav" });
    },
  };
}

function wordsFor(error: unknown): string {
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
      return "The browser does not allow the microphone. Allow it for this page, and try again.";
    case "NotFoundError":
      return "No microphone was found.";
    case "NotReadableError":
      return "The microphone cannot be heard: another program may be using it.";
    default:
      return "The microphone cannot be used.";
  }
}
