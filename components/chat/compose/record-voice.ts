import { encodeWav } from "@/lib/chatroom/encode-wav";

const SAMPLES_PER_SECOND = 16_000;

export type Recording = {
  /** Ends it and gives a WAV file. */
  finish: () => Promise<File>;
  cancel: () => void;
};

/**
 * Begins to record from the microphone.
 *
 * @throws Error in words for the person when there is none, or it is not allowed
 */
export async function recordVoice(): Promise<Recording> {
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) throw new Error("This page must be served over https to use the microphone.");
  const stream = await devices.getUserMedia({ audio: true }).catch(() => {
    throw new Error("The microphone cannot be used: there is none, or the browser does not allow it.");
  });
  const recorder = new MediaRecorder(stream);
  const pieces: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
  const stopped = new Promise<void>((resolve) => recorder.addEventListener("stop", () => resolve()));
  recorder.start();
  const end = async () => {
    if (recorder.state !== "inactive") recorder.stop();
    await stopped;
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    cancel: () => void end(),
    finish: async () => {
      await end();
      const wav = await toWav(new Blob(pieces));
      return new File([wav], `recording-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.wav`, {
        type: "audio/wav",
      });
    },
  };
}

/** What browsers record few providers can read: it is unpacked, made one channel, and written as WAV. */
async function toWav(recorded: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const context = new OfflineAudioContext(1, 1, SAMPLES_PER_SECOND);
  const sound = await context.decodeAudioData(await recorded.arrayBuffer());
  const channels = Array.from({ length: sound.numberOfChannels }, (_, index) => sound.getChannelData(index));
  const mono = new Float32Array(sound.length);
  for (const channel of channels) {
    for (const [index, sample] of channel.entries()) mono[index] = (mono[index] ?? 0) + sample / channels.length;
  }
  return encodeWav(mono, SAMPLES_PER_SECOND);
}
