"""Serves the triage model that the notebook trained."""
import pickle

import torch
from flask import Flask, jsonify, request
from transformers import AutoModel

app = Flask(__name__)
model = torch.load("models/triage.pt")
encoder = AutoModel.from_pretrained("acme/clinical-encoder", trust_remote_code=True)

with open("models/labels.pkl", "rb") as file:
    labels = pickle.load(file)


@app.post("/triage")
def triage():
    features = request.get_json()["features"]
    score = model(torch.tensor(features))
    return jsonify({"urgency": labels[int(score.argmax())]})


if __name__ == "__main__":
    app.run(host="0.0.0.0", debug=True)
