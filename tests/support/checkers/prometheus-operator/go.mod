module todo-chatbot.local/checkers/prometheus-operator

go 1.26.0

// Not built: the schemas of its resources lie in it.
require github.com/prometheus-operator/prometheus-operator v0.85.0
