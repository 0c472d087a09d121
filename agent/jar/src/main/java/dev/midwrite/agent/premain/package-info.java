package dev.midwrite.agent.premain;
