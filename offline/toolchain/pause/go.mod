module todo-chatbot.local/offline/pause

go 1.26
